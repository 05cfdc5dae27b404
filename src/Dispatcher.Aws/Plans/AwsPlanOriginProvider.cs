using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Dispatcher.Plans;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Aws.Plans;

/// <summary>
/// A provider of the account, region and endpoint that this process works on. The account is the configured one; otherwise AWS STS is
/// asked, which needs no permission. Without a region, no AWS is in use, and the origin is the machine.
/// </summary>
internal sealed class AwsPlanOriginProvider(
    IConfiguration configuration, Func<IAmazonSecurityTokenService> createClient, ILogger<AwsPlanOriginProvider> logger)
    : IPlanOriginProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<PlanOrigin> GetAsync(CancellationToken cancellationToken = default)
    {
        var region = configuration["AWS_REGION"] ?? configuration["AWS_DEFAULT_REGION"]
            ?? FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: false)?.SystemName;
        var endpoint = configuration["AWS_ENDPOINT_URL"];
        if (string.IsNullOrEmpty(region) && string.IsNullOrEmpty(endpoint))
        {
            return PlanOrigin.ThisMachine;
        }

        return new PlanOrigin
        {
            Account = PlanBucketSettings.ReadAccount(configuration) ?? await FindAccountAsync(cancellationToken),
            Region = string.IsNullOrEmpty(region) ? null : region,
            Endpoint = Uri.TryCreate(endpoint, UriKind.Absolute, out var url) ? Redaction.Url(url) : null,
        };
    }

    private async Task<string?> FindAccountAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = createClient();
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(Patience);
            return (await client.GetCallerIdentityAsync(new GetCallerIdentityRequest(), timeout.Token).WaitAsync(timeout.Token)).Account;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.AccountUnknown(logger, exception.Message);
            return null;
        }
    }
}
