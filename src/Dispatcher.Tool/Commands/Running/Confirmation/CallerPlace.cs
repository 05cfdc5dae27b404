using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Commands.Running.Confirmation;

/// <summary>As whom and where the tool works with AWS.</summary>
/// <param name="Caller">The caller as STS knows it, or why that is unknown.</param>
/// <param name="Where">The account, the region, the profile and the endpoint.</param>
internal sealed record CallerPlace(string Caller, string Where)
{
    /// <summary>Finds out both.</summary>
    /// <param name="services">The services of the run.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The place; this machine if no AWS is configured.</returns>
    public static async Task<CallerPlace> FindAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var endpoint = configuration["AWS_ENDPOINT_URL"];
        var region = configuration["AWS_REGION"] ?? configuration["AWS_DEFAULT_REGION"]
            ?? FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: false)?.SystemName;
        if (string.IsNullOrEmpty(region) && string.IsNullOrEmpty(endpoint))
        {
            return new CallerPlace($"{Environment.UserName} on this machine", $"host {Environment.MachineName} (no AWS region is set)");
        }

        var (caller, account) = await IdentifyAsync(services, cancellationToken);
        string?[] parts =
        [
            account is null ? null : $"account {account}",
            string.IsNullOrEmpty(region) ? null : $"region {region}",
            configuration["AWS_PROFILE"] is { Length: > 0 } profile ? $"profile {Redaction.Value(profile)}" : null,
            string.IsNullOrEmpty(endpoint) ? null : $"endpoint {Redaction.Url(endpoint)}",
        ];
        return new CallerPlace(caller, string.Join(", ", parts.OfType<string>()));
    }

    private static async Task<(string Caller, string? Account)> IdentifyAsync(
        IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            var client = services.GetRequiredService<IAmazonSecurityTokenService>();
            var identity = await client.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken);
            return (identity.Arn, identity.Account);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return ($"unknown. {services.GetRequiredService<FailureClassifier>().Classify(exception).Message}", null);
        }
    }
}
