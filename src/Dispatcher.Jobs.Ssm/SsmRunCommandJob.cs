using Amazon.SimpleSystemsManagement;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Jobs.Ssm;

/// <summary>
/// A job that runs a command on instances with Systems Manager, once per slot: a command that was sent is found by the end of its comment.
/// With <c>waitForOutcome</c>, how it ends on each instance is the result.
/// </summary>
internal sealed class SsmRunCommandJob(
    IAmazonSimpleSystemsManagement ssm, IConfiguration configuration, JobRegistry registry, TimeProvider timeProvider)
    : MaintenanceJob<SsmRunCommandParameters>
{
    protected override async Task<JobResult> RunAsync(
        SsmRunCommandParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        var plan = Complete(parameters, context);
        var client = new SsmClient(ssm, plan);
        var request = CommandRequestFactory.Create(plan, context);
        var progress = context.State(static () => new SendProgress());
        if (context.DryRun)
        {
            var instances = InstanceCheck.Describe(plan, await client.GetInstancesAsync(cancellationToken));
            await new CommandSender(client, request, progress, context).SendAsync(cancellationToken);
            return JobResult.Planned($"Would run {request.DocumentName} on {CommandDescription.Targets(request)}. {instances}");
        }

        await FindEarlierAsync(client, progress, context, cancellationToken);
        if (progress.CommandId is null)
        {
            var failure = await new CommandSender(client, request, progress, context).SendAsync(cancellationToken);
            if (failure is { Kind: FailureKind.Transient, OutcomeUnknown: false } && !context.IsLastAttempt)
            {
                throw new TransientJobException(failure.Message);
            }

            if (failure is not null)
            {
                return JobResult.Failed(failure.Message);
            }
        }

        return progress.CommandId is not { } commandId
                ? JobResult.Skipped($"{request.DocumentName} is not as in the plan: nothing was sent.")
            : plan.WaitForOutcome == true
                ? await new CommandWaiter(client, commandId, timeProvider, context).WaitAsync(cancellationToken)
            : progress.IsEarlier ? JobResult.Skipped($"An earlier delivery of this slot has sent command {commandId}.")
            : JobResult.Succeeded(
                $"Sent command {commandId}: {request.DocumentName} on {CommandDescription.Targets(request)}. Its outcome is not awaited.");
    }

    private SsmRunCommandParameters Complete(SsmRunCommandParameters parameters, JobContext context)
    {
        if (parameters.Profile is not null)
        {
            return CommandProfile.Merge(configuration, parameters, registry.Get(context.Job).Parameters);
        }

        CommandAllowList.EnsureAllowed(configuration, parameters);
        return parameters;
    }

    private static async Task FindEarlierAsync(
        SsmClient client, SendProgress progress, JobContext context, CancellationToken cancellationToken)
    {
        if (progress.CommandId is not null)
        {
            return;
        }

        progress.CommandId = await client.FindSentAsync(
            CommandRequestFactory.MarkerOf(context), context.StartedAt, cancellationToken);
        if (progress.CommandId is { } commandId)
        {
            progress.IsEarlier = true;
            Log.SentEarlier(context.Logger, commandId);
        }
    }
}
