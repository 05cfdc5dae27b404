using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Dispatcher.Hosting;

namespace Dispatcher.Aws.Roles;

/// <summary>
/// The credentials of a job's role, shared by the runs of the job: renewed in the background before they expire, and by one call however
/// many wait for them.
/// </summary>
internal sealed class RoleCredentials : RefreshingAWSCredentials
{
    /// <summary>
    /// A session of a role that another role has assumed, as the function's is, lasts an hour at most
    /// (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining).
    /// </summary>
    private const int DurationSeconds = 3600;

    private const int MaxSessionName = 64;
    private const int RunIdLength = 13;

    private readonly Lazy<IAmazonSecurityTokenService> _sts;
    private readonly string _job;
    private readonly string _role;

    /// <summary>Creates the credentials. Nothing is called yet.</summary>
    /// <param name="sts">The client that assumes the role.</param>
    /// <param name="job">The job.</param>
    /// <param name="role">The ARN of its role.</param>
    public RoleCredentials(Lazy<IAmazonSecurityTokenService> sts, string job, string role)
    {
        _sts = sts;
        _job = job;
        _role = role;
        PreemptExpiryTime = TimeSpan.FromMinutes(10);
    }

    protected override CredentialsRefreshState GenerateNewCredentials() =>
        Task.Run(GenerateNewCredentialsAsync).GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        var request = new AssumeRoleRequest { RoleArn = _role, RoleSessionName = NameSession(), DurationSeconds = DurationSeconds };
        try
        {
            var session = (await _sts.Value.AssumeRoleAsync(request).ConfigureAwait(false)).Credentials;
            return new CredentialsRefreshState(
                new ImmutableCredentials(session.AccessKeyId, session.SecretAccessKey, session.SessionToken), session.Expiration!.Value);
        }
        catch (Exception exception) when (exception is not JobRoleException)
        {
            throw new JobRoleException($"Job '{_job}' cannot use its role {_role}.", exception);
        }
    }

    /// <summary>Names the session for CloudTrail: the job, and the run that has begun it.</summary>
    private string NameSession()
    {
        var run = RunningJob.Current?.RunId is { Length: >= RunIdLength } id ? $"-{id[..RunIdLength]}" : string.Empty;
        return _job[..Math.Min(_job.Length, MaxSessionName - run.Length)] + run;
    }
}
