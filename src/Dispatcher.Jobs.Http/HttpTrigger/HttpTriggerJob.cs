using System.Globalization;
using Dispatcher.Jobs.Http.Secrets;
using Microsoft.Extensions.Options;

namespace Dispatcher.Jobs.Http.HttpTrigger;

/// <summary>Calls an HTTP endpoint and fails unless it answers with success.</summary>
internal sealed class HttpTriggerJob(HttpEndpoints endpoints, SecretReader secrets, EndpointClient client, IOptions<HttpTriggerOptions> options)
    : MaintenanceJob<HttpTriggerParameters>
{
    /// <inheritdoc />
    protected override async Task<JobResult> RunAsync(HttpTriggerParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        if (parameters.Endpoint is null)
        {
            EnsureAllowed(parameters.Url!);
        }

        // A dry run comes this far: a missing secret or endpoint is part of what it is to find.
        var complete = endpoints.Complete(parameters);
        var secret = complete.Secret is { } name ? await secrets.ReadAsync(SecretReference.Parse(name)!, cancellationToken) : null;
        var call = new HttpCall(complete, secret, IdempotencyKeyOf(context), isOfOneRun: context.Request is { Id: null, ScheduledTime: null });

        var status = 0;
        EndpointException? failure = null;
        await context.Changes.TryApplyAsync(
            new Change($"http:{call.Method}", PrintedUrl.Of(call.Url)) { Evidence = $"Idempotency-Key={call.IdempotencyKey}" },
            async token =>
            {
                try
                {
                    status = await client.SendAsync(call, context.Logger, token);
                    return ChangeOutcome.Applied;
                }
                catch (EndpointException exception)
                {
                    failure = exception;
                    return exception.Failure.OutcomeUnknown ? ChangeOutcome.Unknown(exception.Message) : ChangeOutcome.Failed(exception.Message);
                }
            },
            cancellationToken);

        // For the gate a failed change is an item of many. Here it is the whole run, which has to fail and may be tried again.
        return failure is null
            ? JobResult.Succeeded(status == 0 ? $"{call} would be sent." : $"{call} was answered {status}.")
            : throw failure;
    }

    /// <summary>Names the slot, so that the server can tell a repeated request from a new one. Without a slot, the run.</summary>
    private static string IdempotencyKeyOf(JobContext context) => context.Request switch
    {
        { Id: { } id } => Uri.EscapeDataString(id),
        { ScheduledTime: { } time } => $"{context.Job}-{time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}",
        _ => context.RunId,
    };

    private void EnsureAllowed(Uri url)
    {
        var allowed = options.Value.AllowedHosts;
        if (allowed.Count > 0 && !allowed.Contains(url.IdnHost, StringComparer.OrdinalIgnoreCase))
        {
            throw new PermanentJobException($"The host {url.IdnHost} is not allowed. Allowed: {string.Join(", ", allowed)}. "
                                            + "Add it to HttpTrigger:AllowedHosts, or name an endpoint of the configuration.");
        }
    }
}
