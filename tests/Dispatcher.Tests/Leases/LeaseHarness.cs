using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Leases;

/// <summary>A dispatcher with a run store, several of which may share it: each stands for a process.</summary>
internal static class LeaseHarness
{
    public const string Payload = """{"job":"test-job","id":"event-1"}""";

    public static JobHarness Create(
        JobBody body, IRunStore store, TimeProvider timeProvider, Action<JobOptions>? job = null,
        Dictionary<string, string?>? configuration = null, Action<IServiceCollection>? services = null) =>
        TestRun.Harness(
            body,
            job,
            configuration,
            timeProvider,
            all =>
            {
                all.AddSingleton(store);
                all.AddSingleton<IRunSink>(store);
                services?.Invoke(all);
            });

    /// <summary>Creates the body of a job that makes one change and counts how often it did.</summary>
    public static JobBody Changing(List<string> effects) => async (context, token) =>
    {
        await context.Changes.ApplyAsync(
            TestRun.Change(),
            _ =>
            {
                lock (effects)
                {
                    effects.Add(context.RunId);
                }

                return Task.CompletedTask;
            },
            token);
        return JobResult.Succeeded("Done.");
    };
}
