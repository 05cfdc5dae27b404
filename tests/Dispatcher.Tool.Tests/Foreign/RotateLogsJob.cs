namespace Dispatcher.Tool.Tests.Foreign;

/// <summary>A consumer's job that makes two changes.</summary>
public sealed class RotateLogsJob : MaintenanceJob<RotateLogsParameters>
{
    protected override async Task<JobResult> RunAsync(
        RotateLogsParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        foreach (var name in (string[])["a.log", "b.log"])
        {
            var change = new Change("acme:Rotate", $"{parameters.Folder}/{name}") { Counter = "logsRotated" };
            await context.Changes.TryApplyAsync(change, static _ => Task.CompletedTask, cancellationToken);
        }

        return JobResult.Succeeded($"Looked through {parameters.Folder}.");
    }
}
