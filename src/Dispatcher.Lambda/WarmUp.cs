using System.Text;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Lambda;

/// <summary>
/// Runs that load and compile the code of the pipeline, the records, the metrics and the log lines. They use separate services, without
/// configuration and with an output that discards everything, so that nothing of them stays: no id, no lease, no record, no line.
/// </summary>
internal static class WarmUp
{
    private static readonly TimeSpan Time = TimeSpan.FromMinutes(1);

    /// <summary>Makes a dry run and a run of a job that changes nothing.</summary>
    /// <returns>The records of both.</returns>
    public static async Task<IReadOnlyList<RunRecord>> RunAsync()
    {
        await using var services = FunctionServices.Build(static jobs => jobs.AddJob<WarmUpJob>(WarmUpJob.Name), static services =>
        {
            services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
            services.AddSingleton(new LambdaOutput(Stream.Null));
        });
        var reader = services.GetRequiredService<JobRequestReader>();
        var dispatcher = services.GetRequiredService<IJobDispatcher>();
        var records = new List<RunRecord>();
        foreach (var payload in (string[])["""{"job":"warm-up","dryRun":true}""", """{"job":"warm-up"}"""])
        {
            var request = reader.Read(JobRequestReader.Parse(Encoding.UTF8.GetBytes(payload)));
            records.Add(await dispatcher.DispatchAsync(request.WithHost(TimeProvider.System.GetUtcNow() + Time, WarmUpJob.Name)));
        }

        return records;
    }
}
