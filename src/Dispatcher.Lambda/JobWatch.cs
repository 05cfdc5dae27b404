using System.Text.Json;
using Dispatcher.Aws.History;
using Dispatcher.Hosting;
using Dispatcher.Reporting.Status;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dispatcher.Lambda;

/// <summary>
/// The answer to <c>$watch</c>: which jobs are overdue by the recorded runs, as metrics, as log lines and as JSON. If the runs cannot be
/// read, it throws and emits no metric, so that an alarm which takes missing data as breaching goes off.
/// </summary>
/// <param name="configuration">The source of the limits.</param>
/// <param name="registry">The registered jobs.</param>
/// <param name="stores">The run store, if there is one.</param>
/// <param name="sinks">Where metrics are written to.</param>
/// <param name="options">The namespace of the metrics.</param>
/// <param name="failures">Describes failures.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Logs what is overdue.</param>
internal sealed class JobWatch(
    IConfiguration configuration,
    JobRegistry registry,
    IEnumerable<IRunStore> stores,
    IEnumerable<IMetricsSink> sinks,
    IOptions<TelemetryOptions> options,
    FailureClassifier failures,
    TimeProvider timeProvider,
    ILogger<JobWatch> logger)
{
    /// <summary>The metric with the number of jobs and tasks that are overdue. It has no dimension.</summary>
    internal const string TotalMetric = "OverdueJobs";

    /// <summary>The metric that is 1 for a job or a task that is overdue, and else 0.</summary>
    internal const string Metric = "Overdue";

    /// <summary>Judges the jobs.</summary>
    /// <param name="requestId">The id of the invocation.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="JobRequestException">There is no run store, or a limit is invalid.</exception>
    /// <exception cref="InvalidOperationException">The runs cannot be read.</exception>
    public async Task<JsonElement> AnswerAsync(string requestId)
    {
        var store = stores.LastOrDefault() ?? throw new JobRequestException(
            [$"'{JobCatalog.WatchName}' judges jobs by their recorded runs, and nothing records them. Set {RunTableSettings.NameKey}."]);
        var settings = WatchSettings.Read(configuration, registry);
        CheckRetention(settings);
        var now = timeProvider.GetUtcNow();
        var states = await ReadAsync(store, settings, now);
        await EmitAsync(states, now, requestId);
        foreach (var state in states.Where(static state => state.IsOverdue))
        {
            Log.Overdue(logger, Name(state), state.Reason,
                $"Look at 'history {state.Job}' and 'schedules' in the tool, remove the cause, and run the job by hand once.");
        }

        Log.Watched(logger, states.Count, store.Location, states.Count(static state => state.IsOverdue));
        return Describe(states, now);
    }

    private static string Name(OverdueState state) => state.Task is { } task ? $"{state.Job}, task {task}" : state.Job;

    /// <summary>A success that is not kept as long as the limit looks back would be missed.</summary>
    private void CheckRetention(WatchSettings settings)
    {
        var problems = new ProblemList();
        if (RunTableSettings.Read(configuration) is { RetentionDays: var days })
        {
            foreach (var limit in settings.Limits.Where(limit => limit.MaxAge.TotalDays > days))
            {
                problems.Add($"{limit.Setting} is {(int)limit.MaxAge.TotalHours}, but runs are kept for {days} days only. Set "
                    + $"{RunTableSettings.RetentionKey} to {Math.Ceiling(limit.MaxAge.TotalDays) + 1} or more.");
            }
        }

        problems.ThrowIfAny();
    }

    private async Task<IReadOnlyList<OverdueState>> ReadAsync(IRunStore store, WatchSettings settings, DateTimeOffset now)
    {
        try
        {
            return await new OverdueReader(store).ReadAsync(settings, registry.Jobs.Select(static job => job.Name), now);
        }
        catch (Exception exception)
        {
            var failure = failures.Classify(exception);
            Log.WatchFailed(logger, store.Location, failure.Message);
            throw new InvalidOperationException(
                $"Whether a job is overdue is not known: {store.Location} cannot be read. {failure.Message}", exception);
        }
    }

    private async Task EmitAsync(IReadOnlyList<OverdueState> states, DateTimeOffset now, string requestId)
    {
        MetricBatch[] batches =
        [
            .. states.Select(state => Batch(
                state.Job,
                Metric,
                state.IsOverdue ? 1 : 0,
                [
                    new MetricDimension(StandardMetrics.JobDimension, state.Job),
                    .. state.Task is { } task ? [StandardMetrics.ForTask(task)] : Array.Empty<MetricDimension>(),
                ])),
            Batch(JobCatalog.WatchName, TotalMetric, states.Count(static state => state.IsOverdue), []),
        ];
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.SinkTimeoutSeconds), timeProvider);
        foreach (var sink in sinks)
        {
            foreach (var batch in batches)
            {
                await sink.EmitAsync(batch, timeout.Token);
            }
        }

        MetricBatch Batch(string job, string name, double value, MetricDimension[] dimensions) => new(
            options.Value.MetricsNamespace, dimensions, now, [new MetricValue(name, MetricUnit.Count, value)], job, requestId);
    }

    private static JsonElement Describe(IReadOnlyList<OverdueState> states, DateTimeOffset now)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("at", now);
            writer.WriteNumber("overdue", states.Count(static state => state.IsOverdue));
            writer.WriteStartArray("jobs");
            states.ToList().ForEach(state => Write(writer, state));
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, OverdueState state)
    {
        writer.WriteStartObject();
        writer.WriteString("job", state.Job);
        if (state.Task is { } task)
        {
            writer.WriteString("task", task);
        }

        writer.WriteBoolean("overdue", state.IsOverdue);
        if (state.IsOverdue)
        {
            writer.WriteString("reason", state.Reason);
        }

        if (state.LastSuccess is { } last)
        {
            writer.WriteString("lastSuccess", last);
        }

        if (state.MaxAge is { } limit)
        {
            writer.WriteNumber("maxHours", (int)limit.TotalHours);
        }

        writer.WriteEndObject();
    }
}
