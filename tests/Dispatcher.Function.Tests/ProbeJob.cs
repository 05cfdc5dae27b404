using System.Text.Json;

namespace Dispatcher.Function.Tests;

/// <summary>Proposes a change and then fails: what it does is seen from outside of its process.</summary>
public sealed class ProbeJob : IMaintenanceJob
{
    public const string Name = "probe";

    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        await context.Changes.TryApplyAsync(new Change("probe:Touch", "probe://“thing”\nä"), _ => Task.CompletedTask, cancellationToken);
        Console.WriteLine(JsonSerializer.Serialize("A job may write to the console."));
        return context.DryRun ? JobResult.Succeeded("One thing would be touched.") : throw new InvalidOperationException("The probe is broken.");
    }
}
