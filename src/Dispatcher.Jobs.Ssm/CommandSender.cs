using Amazon.SimpleSystemsManagement.Model;

namespace Dispatcher.Jobs.Ssm;

/// <summary>The sending of the command through the change gate, at most once for each run.</summary>
internal sealed class CommandSender(SsmClient client, SendCommandRequest request, SendProgress progress, JobContext context)
{
    /// <summary>Sends the command, or plans it.</summary>
    /// <returns>What prevented it; <see langword="null"/> if it was sent, planned or is outside of the plan.</returns>
    public async Task<Failure?> SendAsync(CancellationToken cancellationToken)
    {
        Failure? failure = null;
        var change = new Change("ssm:SendCommand", $"ssm://{request.DocumentName}/{CommandDescription.Targets(request)}")
        {
            Reason = context.DryRun ? CommandDescription.Describe(request) : $"comment {request.Comment}",
            Evidence = $"marker={CommandRequestFactory.MarkerOf(context)} request={CommandDescription.Digest(request)}",
            Counter = "commandsSent",
        };
        await context.Changes.TryApplyEachAsync(
            [change],
            async (_, token) =>
            {
                failure = await TrySendAsync(token);
                return [OutcomeOf(failure)];
            },
            cancellationToken);
        return failure;
    }

    private static ChangeOutcome OutcomeOf(Failure? failure) => failure switch
    {
        null => ChangeOutcome.Applied,
        { OutcomeUnknown: true } => ChangeOutcome.Unknown(failure.Message),
        _ => ChangeOutcome.Failed(failure.Message),
    };

    private async Task<Failure?> TrySendAsync(CancellationToken cancellationToken)
    {
        try
        {
            progress.CommandId = await client.SendAsync(request, cancellationToken);
            Log.Sent(context.Logger, progress.CommandId);
            return null;
        }
        catch (Exception exception) when (exception is not PermanentJobException && !cancellationToken.IsCancellationRequested
            && context.Classify(exception) is { Kind: not FailureKind.Denied } failure)
        {
            return failure.OutcomeUnknown ? await FindAsync(failure, cancellationToken) : failure;
        }
    }

    /// <summary>Systems Manager may have accepted the command although its answer is lost: its history tells.</summary>
    private async Task<Failure?> FindAsync(Failure lost, CancellationToken cancellationToken)
    {
        progress.IsUnanswered = true;
        try
        {
            progress.CommandId = await client.FindSentAsync(
                CommandRequestFactory.MarkerOf(context), context.StartedAt, cancellationToken);
        }
        catch (Exception exception) when (exception is not PermanentJobException && !cancellationToken.IsCancellationRequested)
        {
            // The answer that was lost first is the failure to report.
            progress.CommandId = null;
        }

        return progress.CommandId is not null ? null : lost with
        {
            Message = $"{lost.Message} Systems Manager may run the command all the same: look in its command history for the comment "
                      + $"'{request.Comment}'. The run does not send it a second time.",
        };
    }
}
