using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Amazon.SecurityToken;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Aws.Roles;

/// <summary>
/// The roles of the jobs: <c>JOB_ROLE_ROTATE_LOGS</c> is the ARN of the role of <c>rotate-logs</c>. If one job has a role, each job needs
/// one.
/// </summary>
/// <param name="configuration">The environment.</param>
/// <param name="sts">The client that assumes the roles, with the function's own credentials.</param>
internal sealed partial class JobRoles(IConfiguration? configuration, Lazy<IAmazonSecurityTokenService> sts) : ISnapshotState
{
    private const string Prefix = "JOB_ROLE_";

    private readonly ConcurrentDictionary<string, RoleCredentials> _roles = new(StringComparer.Ordinal);

    /// <summary>Gets a value indicating whether jobs have roles. If not, all jobs use the credentials of the function.</summary>
    public bool AreConfigured { get; } = configuration?.GetChildren()
        .Any(section => section.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !string.IsNullOrWhiteSpace(section.Value))
        ?? false;

    /// <summary>Returns the credentials of a job's role, which are kept while they last.</summary>
    /// <param name="job">The name of the job.</param>
    /// <exception cref="JobRoleException">The job has no role, or the setting is not the ARN of one.</exception>
    public RoleCredentials Of(string job) => _roles.GetOrAdd(job, Create);

    /// <summary>Discards all credentials.</summary>
    public void Discard() => _roles.Clear();

    private static string KeyOf(string job) => Prefix + job.Replace('-', '_').ToUpperInvariant();

    private RoleCredentials Create(string job)
    {
        var key = KeyOf(job);
        if (configuration?[key]?.Trim() is not { Length: > 0 } arn)
        {
            throw new JobRoleException(
                $"Job '{job}' has no role, and this function calls AWS with a separate role for each job. Enable the job in the stack and "
                + $"declare what it needs (deploy.Allow), or set {key} to the ARN of a role.");
        }

        return RoleArn().IsMatch(arn)
            ? new RoleCredentials(sts, job, arn)
            : throw new JobRoleException(
                $"The environment variable {key} is '{Redaction.Value(arn)}'. Set it to the ARN of a role, "
                + "such as arn:aws:iam::123456789012:role/rotate-logs.");
    }

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]{1,1000}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RoleArn();
}
