using System.Globalization;
using Dispatcher.Text;
using Microsoft.Extensions.Options;

namespace Dispatcher.Jobs.Http;

/// <summary>A job that calls an HTTP endpoint, and fails unless it answers with success.</summary>
internal sealed class HttpTriggerJob(
    HttpEndpoints endpoints, CallSecretsReader secrets, EndpointClient client, IOptions<HttpTriggerOptions> options)
    : MaintenanceJob<HttpTriggerParameters>
{
    /// <inheritdoc />
    protected override async Task<JobResult> RunAsync(
        HttpTriggerParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        if (parameters.Endpoint is null)
        {
            EnsureAllowed(parameters.Url!);
        }

        // A dry run does this, too: it is to find a missing secret or endpoint.
        var complete = endpoints.Complete(parameters);
        var proof = await secrets.ReadAsync(complete, cancellationToken);
        var call = new HttpCall(complete, proof, IdempotencyKeyOf(context), context.Request is { Id: null, ScheduledTime: null });

        var status = 0;
        var outcome = await context.Changes.ApplyAsync(
            new Change($"http:{call.Method}", Redaction.Url(call.Url))
            {
                Evidence = $"Idempotency-Key={call.IdempotencyKey} request={call.Digest}",
            },
            async token => status = await client.SendAsync(call, context.Logger, token),
            cancellationToken);
        if (outcome.Kind == ChangeOutcomeKind.Skipped)
        {
            return JobResult.Skipped($"{call} was not sent: {outcome.Detail}.");
        }

        var expected = call.ExpectedBody is null ? string.Empty : ", with the expected body";
        return JobResult.Succeeded(context.DryRun ? $"{call} would be sent." : $"{call} was answered {status}{expected}.");
    }

    /// <summary>Identifies the slot, so that the server can tell a repeated request from a new one. Without a slot, the run.</summary>
    private static string IdempotencyKeyOf(JobContext context) => context.Request switch
    {
        { Id: { } id } => Uri.EscapeDataString(id),
        { ScheduledTime: { } time } =>
            $"{context.Job}-{time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}",
        _ => context.RunId,
    };

    private void EnsureAllowed(Uri url)
    {
        var allowed = options.Value.AllowedHosts;
        if (allowed.Count > 0 && !allowed.Contains(url.IdnHost, StringComparer.OrdinalIgnoreCase))
        {
            throw new PermanentJobException(
                $"The host {url.IdnHost} is not allowed. Allowed: {string.Join(", ", allowed)}. "
                + "Add it to HttpTrigger:AllowedHosts, or name an endpoint of the configuration.");
        }
    }
}
