using System.Text.RegularExpressions;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Aws.Plans;

/// <summary>The S3 bucket that keeps plans, under <c>plans/</c>. No other bucket is read or written.</summary>
public sealed partial record PlanBucketSettings
{
    /// <summary>The environment variable that names the bucket.</summary>
    public const string NameKey = "PLAN_BUCKET";

    /// <summary>The environment variable that names the AWS account that owns the bucket and that plans are about.</summary>
    public const string AccountKey = "PLAN_ACCOUNT";

    /// <summary>The beginning of each key.</summary>
    public const string Prefix = "plans/";

    /// <summary>Names the bucket.</summary>
    /// <param name="name">Its name.</param>
    public PlanBucketSettings(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>Gets the bucket's name.</summary>
    public string Name { get; }

    /// <summary>Gets the account that has to own the bucket. S3 refuses a bucket of another owner.</summary>
    /// <value>The default value is <see langword="null"/>: not checked.</value>
    public string? Account { get; init; }

    /// <summary>Reads which bucket is configured.</summary>
    /// <param name="configuration">The environment.</param>
    /// <returns>The bucket, or <see langword="null"/> if none is configured.</returns>
    /// <exception cref="InvalidOperationException">A value is invalid; the message states what to set.</exception>
    public static PlanBucketSettings? Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);

        var account = ReadAccount(configuration);
        if (configuration[NameKey]?.Trim() is not { Length: > 0 } name)
        {
            return null;
        }

        return BucketName().IsMatch(name)
            ? new PlanBucketSettings(name) { Account = account }
            : throw new InvalidOperationException(
                $"The environment variable {NameKey} is '{Redaction.Value(name)}', which is not the name of an S3 bucket. Set it to the "
                + "bare name (3 to 63 lower-case letters, digits, '-' and '.'), or remove it to have no plans in S3.");
    }

    /// <summary>Reads which account is configured.</summary>
    /// <param name="configuration">The environment.</param>
    /// <returns>The account, or <see langword="null"/> if none is configured.</returns>
    /// <exception cref="InvalidOperationException">The value is invalid; the message states what to set.</exception>
    internal static string? ReadAccount(IConfiguration configuration)
    {
        if (configuration[AccountKey]?.Trim() is not { Length: > 0 } account)
        {
            return null;
        }

        return AccountId().IsMatch(account)
            ? account
            : throw new InvalidOperationException(
                $"The environment variable {AccountKey} is '{Redaction.Value(account)}', which is not an AWS account. Set it to 12 digits, "
                + "or remove it.");
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex BucketName();

    [GeneratedRegex(@"^\d{12}\z")]
    private static partial Regex AccountId();
}
