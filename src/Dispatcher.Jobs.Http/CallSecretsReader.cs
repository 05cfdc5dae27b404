using Dispatcher.Aws.Signing;
using Dispatcher.Http.Secrets;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Jobs.Http;

/// <summary>A reader of what is sent to prove who calls.</summary>
internal sealed class CallSecretsReader(SecretReader secrets, AwsRequestSigner signer, IConfiguration configuration)
{
    private const string OwnRegion = "AWS_REGION";

    /// <summary>Reads the secrets of a call. A dry run does this, too, because it is to find what is missing.</summary>
    public async Task<CallSecrets> ReadAsync(HttpTriggerParameters parameters, CancellationToken cancellationToken) => new(
        parameters.Secret is { } name ? await secrets.ReadAsync(SecretReference.Parse(name)!, cancellationToken) : null,
        await BasicCredentials.ReadAsync(parameters, secrets, cancellationToken),
        parameters.AwsService is { } service ? await signer.PrepareAsync(service, RegionOf(parameters), cancellationToken) : null);

    private string RegionOf(HttpTriggerParameters parameters) =>
        parameters.AwsRegion ?? AwsTarget.Find(parameters.Url!)?.Region
        ?? (configuration[OwnRegion] is { Length: > 0 } own
            ? own
            : throw new PermanentJobException(
                $"The region for which the request is signed is not known. Give 'awsRegion', or set {OwnRegion}."));
}
