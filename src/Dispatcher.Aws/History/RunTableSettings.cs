using System.Globalization;
using System.Text.RegularExpressions;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Aws.History;

/// <summary>
/// The DynamoDB table that keeps runs. Its hash key is <c>job</c> (S), its sort key <c>runId</c> (S), its TTL attribute <c>expiresAt</c>.
/// </summary>
public sealed partial record RunTableSettings
{
    /// <summary>The environment variable that names the table.</summary>
    public const string NameKey = "RUNS_TABLE";

    /// <summary>The environment variable that sets the number of days that a run is kept.</summary>
    public const string RetentionKey = "RUNS_RETENTION_DAYS";

    /// <summary>The default number of days that a run is kept.</summary>
    public const int DefaultRetentionDays = 90;

    private const int MaxRetentionDays = 36_500;

    /// <summary>Names the table.</summary>
    /// <param name="name">Its name or its ARN.</param>
    /// <param name="retentionDays">The number of days that a run is kept, from 1.</param>
    public RunTableSettings(string name, int retentionDays = DefaultRetentionDays)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(retentionDays, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(retentionDays, MaxRetentionDays);
        Name = name;
        RetentionDays = retentionDays;
    }

    /// <summary>Gets the table's name or its ARN.</summary>
    public string Name { get; }

    /// <summary>Gets the number of days that a run is kept.</summary>
    public int RetentionDays { get; }

    /// <summary>Reads which table is configured.</summary>
    /// <param name="configuration">The environment.</param>
    /// <returns>The table, or <see langword="null"/> if none is configured.</returns>
    /// <exception cref="InvalidOperationException">A value is invalid; the message states which one, and what to set.</exception>
    public static RunTableSettings? Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);

        if (configuration[NameKey]?.Trim() is not { Length: > 0 } name)
        {
            return null;
        }

        return NameOrArn().IsMatch(name)
            ? new RunTableSettings(name, ReadRetention(configuration[RetentionKey]))
            : throw new InvalidOperationException(
                $"The environment variable {NameKey} is '{Redaction.Value(name)}', which is not a DynamoDB table. Set it to the table's "
                + "name (3 to 255 letters, digits, '_', '-' and '.') or its ARN, or remove it to keep no history.");
    }

    private static int ReadRetention(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return DefaultRetentionDays;
        }

        return int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            && days is >= 1 and <= MaxRetentionDays
            ? days
            : throw new InvalidOperationException(
                $"The environment variable {RetentionKey} is '{Redaction.Value(text)}'. Set it to a whole number of days from 1 to "
                    + $"{MaxRetentionDays}.");
    }

    [GeneratedRegex(@"^([A-Za-z0-9_.-]{3,255}|arn:[a-z-]+:dynamodb:[a-z0-9-]+:\d{12}:table/[A-Za-z0-9_.-]{3,255})\z")]
    private static partial Regex NameOrArn();
}
