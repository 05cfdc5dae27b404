using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.SecurityToken;
using Dispatcher.Aws.Roles;

namespace Dispatcher.Aws.Signing;

/// <summary>
/// A signer of HTTP requests that are not calls of the SDK, such as those to a function URL (Signature Version 4). In the flow of a job it
/// signs with the credentials of the job's role, if jobs have roles, and with those of the function otherwise.
/// </summary>
public sealed class AwsRequestSigner
{
    private readonly AmazonSecurityTokenServiceConfig _config = new();
    private readonly JobRoles _roles;
    private readonly AWSCredentials? _credentials;

    internal AwsRequestSigner(JobRoles roles, AWSCredentials? credentials) => (_roles, _credentials) = (roles, credentials);

    /// <summary>Obtains the credentials for a request.</summary>
    /// <param name="service">The signing name of the service: <c>lambda</c>, <c>execute-api</c>.</param>
    /// <param name="region">The region.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>What signs the request.</returns>
    /// <exception cref="PermanentJobException">There are no credentials.</exception>
    public async Task<RequestSignature> PrepareAsync(string service, string region, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(service);
        ArgumentException.ThrowIfNullOrEmpty(region);

        return new RequestSignature(service, region, await GetCredentialsAsync().WaitAsync(cancellationToken));
    }

    private async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        try
        {
            var credentials = _credentials
                ?? (_roles.AreConfigured
                    ? new JobCredentials(_roles, _config)
                    : await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(_config).ConfigureAwait(false));
            return await credentials.GetCredentialsAsync().ConfigureAwait(false);
        }
        catch (AmazonClientException exception)
        {
            throw new PermanentJobException(
                "No credentials of AWS to sign the request with were found. Give the function a role, or set AWS_PROFILE on this machine.",
                exception);
        }
    }
}
