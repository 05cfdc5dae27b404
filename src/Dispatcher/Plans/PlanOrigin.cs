using System.Text.Json.Serialization;

namespace Dispatcher.Plans;

/// <summary>The place whose state a plan is about: an account and region of AWS, an endpoint that replaces AWS, or a machine.</summary>
public sealed record PlanOrigin
{
    /// <summary>Gets the AWS account.</summary>
    /// <value>The default value is <see langword="null"/>: not known.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Account { get; init; }

    /// <summary>Gets the AWS region.</summary>
    /// <value>The default value is <see langword="null"/>: not known.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Region { get; init; }

    /// <summary>Gets the endpoint that is used instead of AWS.</summary>
    /// <value>The default value is <see langword="null"/>: AWS itself.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Endpoint { get; init; }

    /// <summary>Gets the name of the machine, if neither account, region nor endpoint is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Host { get; init; }

    /// <summary>Gets the origin of a run that uses no AWS: this machine.</summary>
    public static PlanOrigin ThisMachine { get; } = new() { Host = Environment.MachineName };

    /// <summary>
    /// Determines whether a plan of this origin may be applied at another one. What the plan does not know is not compared.
    /// </summary>
    /// <param name="other">Where the plan is to be applied.</param>
    /// <returns><see langword="true"/> if the other one has all that is known of this one, and both use the same endpoint.</returns>
    public bool Matches(PlanOrigin other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return AreCompatible(Account, other.Account) && AreCompatible(Region, other.Region) && AreCompatible(Host, other.Host)
            && Endpoint == other.Endpoint;
    }

    /// <summary>Describes the origin.</summary>
    /// <returns>For example <c>account 123456789012, region eu-central-1</c>.</returns>
    public override string ToString()
    {
        string?[] parts =
        [
            Account is null ? null : $"account {Account}",
            Region is null ? null : $"region {Region}",
            Endpoint is null ? null : $"endpoint {Endpoint}",
            Host is null ? null : $"host {Host}",
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    private static bool AreCompatible(string? one, string? other) => one is null || one == other;
}
