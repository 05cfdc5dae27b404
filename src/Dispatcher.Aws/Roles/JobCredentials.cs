using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Dispatcher.Hosting;

namespace Dispatcher.Aws.Roles;

/// <summary>
/// The credentials of a client that jobs and host share: in the flow of a job those of its role, elsewhere those that the client would use
/// otherwise.
/// </summary>
/// <param name="roles">The roles of the jobs.</param>
/// <param name="config">The configuration of the client.</param>
internal sealed class JobCredentials(JobRoles roles, IClientConfig config) : AWSCredentials
{
    public override ImmutableCredentials GetCredentials() =>
        (RunningJob.Current is { } run ? roles.Of(run.Job) : DefaultAWSCredentialsIdentityResolver.GetCredentials(config)).GetCredentials();

    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        var credentials = RunningJob.Current is { } run
            ? roles.Of(run.Job)
            : await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(config).ConfigureAwait(false);
        return await credentials.GetCredentialsAsync().ConfigureAwait(false);
    }
}
