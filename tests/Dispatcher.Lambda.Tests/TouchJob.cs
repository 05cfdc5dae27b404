using System.Text.Json;

namespace Dispatcher.Lambda.Tests;

/// <summary>Proposes a change and then fails: its effects are visible outside its process.</summary>
public sealed class TouchJob : IMaintenanceJob
{
    public const string Name = "touch";

    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        await context.Changes.TryApplyAsync(new Change("test:Touch", "test://“thing”\nä"), _ => Task.CompletedTask, cancellationToken);
        Console.WriteLine(JsonSerializer.Serialize("A job may write to the console."));
        return context.DryRun
            ? JobResult.Succeeded("One thing would be touched.")
            : throw new InvalidOperationException("The thing is broken.");
    }
}
