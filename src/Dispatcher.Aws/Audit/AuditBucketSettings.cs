using System.Text.RegularExpressions;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Aws.Audit;

/// <summary>The S3 bucket that keeps audit trails.</summary>
public sealed partial record AuditBucketSettings
{
    /// <summary>The environment variable that names the bucket.</summary>
    public const string NameKey = "AUDIT_BUCKET";

    /// <summary>Names the bucket.</summary>
    /// <param name="name">Its name, or the ARN of an access point.</param>
    public AuditBucketSettings(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>Gets the bucket's name, or the ARN of an access point.</summary>
    public string Name { get; }

    /// <summary>Reads which bucket is configured.</summary>
    /// <param name="configuration">The environment.</param>
    /// <returns>The bucket, or <see langword="null"/> if none is configured.</returns>
    /// <exception cref="InvalidOperationException">The value is invalid; the message states what to set.</exception>
    public static AuditBucketSettings? Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);

        if (configuration[NameKey]?.Trim() is not { Length: > 0 } name)
        {
            return null;
        }

        return NameOrArn().IsMatch(name)
            ? new AuditBucketSettings(name)
            : throw new InvalidOperationException(
                $"The environment variable {NameKey} is '{Redaction.Value(name)}', which is not an S3 bucket. Set it to the bucket's bare "
                + "name (3 to 63 lower-case letters, digits, '-' and '.') or the ARN of an access point, or remove it to keep the audit "
                + "trail in the log only.");
    }

    [GeneratedRegex(@"^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9]|arn:[a-z-]+:s3:[a-z0-9-]*:\d{12}:accesspoint/[A-Za-z0-9.-]+)\z")]
    private static partial Regex NameOrArn();
}
