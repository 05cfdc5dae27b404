using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Dispatcher.Aws.Roles;

/// <summary>
/// A handler that obtains the credentials before a call begins: outside of the call's own retries and time limit, and without blocking
/// the threads of the handlers that read credentials synchronously.
/// </summary>
/// <param name="credentials">The credentials of the client.</param>
internal sealed class JobCredentialsHandler(JobCredentials credentials) : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        if (executionContext.RequestContext.ExplicitAWSCredentials is null)
        {
            await credentials.GetCredentialsAsync().ConfigureAwait(false);
        }

        return await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
    }
}
