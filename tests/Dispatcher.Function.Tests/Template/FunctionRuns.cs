using System.Text.Json.Nodes;
using Dispatcher.Hosting;
using Dispatcher.Lambda;
using Dispatcher.Lambda.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Function.Tests.Template;

/// <summary>The output of the function for every input of a deployment's rules, in the environment of the deployment.</summary>
internal sealed class FunctionRuns
{
    private FunctionRuns(IReadOnlyList<EmittedMetric> answered, IReadOnlyList<EmittedMetric> failed, IReadOnlyList<EmittedMetric> planned)
    {
        Answered = answered;
        Failed = failed;
        Planned = planned;
    }

    /// <summary>Gets the metrics of runs whose services answer. The jobs for PostgreSQL fail all the same.</summary>
    public IReadOnlyList<EmittedMetric> Answered { get; }

    /// <summary>Gets the metrics of runs whose services do not answer.</summary>
    public IReadOnlyList<EmittedMetric> Failed { get; }

    /// <summary>Gets the metrics of dry runs, whose services do not answer either.</summary>
    public IReadOnlyList<EmittedMetric> Planned { get; }

    public IEnumerable<EmittedMetric> All => [.. Answered, .. Failed, .. Planned];

    public static async Task<FunctionRuns> OfAsync(Deployment deployed) => new(
        await RunAsync(deployed, OutsideServices.Answering, deployed.FunctionInputs),
        await RunAsync(deployed, OutsideServices.Broken, deployed.FunctionInputs),
        await RunAsync(deployed, OutsideServices.Broken, deployed.FunctionInputs.Where(NamesItsJob).Select(AsDryRun)));

    /// <summary>Runs payloads, one after the other.</summary>
    /// <param name="deployed">The deployment whose environment they run in.</param>
    /// <param name="outside">Registers the outside services.</param>
    /// <param name="payloads">The payloads.</param>
    /// <returns>The metrics of all runs, also of those that failed.</returns>
    public static async Task<IReadOnlyList<EmittedMetric>> RunAsync(
        Deployment deployed, Action<IServiceCollection> outside, IEnumerable<string> payloads)
    {
        using var output = new MemoryStream();
        await using var services = AllJobs.Build(given =>
        {
            given.AddSingleton(deployed.Configuration(OutsideServices.Settings)).AddSingleton(new LambdaOutput(output));
            outside(given);
        });
        foreach (var payload in payloads)
        {
            try
            {
                await services.InvokeAsync(payload);
            }
            catch (Exception exception) when (exception is JobFailedException or InvalidOperationException)
            {
                // A failed run has emitted its metrics as well, and a watch that cannot read the runs has emitted none.
            }
        }

        return [.. EmittedMetric.Extract(output.ToArray())];
    }

    private static bool NamesItsJob(string payload) => JsonNode.Parse(payload)!["job"] is not null;

    private static string AsDryRun(string payload)
    {
        var planned = JsonNode.Parse(payload)!;
        planned["dryRun"] = true;
        return planned.ToJsonString();
    }
}
