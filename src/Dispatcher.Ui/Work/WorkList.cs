using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Hosting;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Ui.Work;

/// <summary>
/// The runs that pages have started, one at a time. They pass the same checks, limits and gate as those of <c>run</c> and <c>apply</c>, and
/// are recorded like them.
/// </summary>
/// <param name="tool">The tool.</param>
/// <param name="time">The clock.</param>
internal sealed class WorkList(ToolContext tool, TimeProvider time) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<WorkItem> _items = [];
    private CancellationTokenSource _stop = new();

    /// <summary>Gets the run that is at work, if there is one.</summary>
    public WorkItem? Current
    {
        get
        {
            lock (_lock)
            {
                return _items is [.., { Run.IsCompleted: false } last] ? last : null;
            }
        }
    }

    /// <summary>Finds a run.</summary>
    /// <param name="id">Its number.</param>
    /// <returns>The run, or <see langword="null"/> if this server has not started it.</returns>
    public WorkItem? Find(string id)
    {
        lock (_lock)
        {
            return _items.Find(item => item.Id == id);
        }
    }

    /// <summary>Starts a run.</summary>
    /// <param name="job">The job.</param>
    /// <param name="plan">The plan that it writes or applies.</param>
    /// <param name="applies">Whether it applies the plan.</param>
    /// <returns>The run.</returns>
    /// <exception cref="BadInputException">Another one is at work.</exception>
    /// <exception cref="JobRequestException">The request is refused. Nothing has run.</exception>
    public WorkItem Start(string job, string plan, bool applies)
    {
        lock (_lock)
        {
            if (Current is { } other)
            {
                throw new BadInputException($"{other.Verb} '{other.Job}' is still under way. Wait for its end, or stop it.");
            }

            var item = new WorkItem(_items.Count + 1, job, plan, applies, time.GetUtcNow());
            var services = ToolServices.Build(tool, LogLevel.Warning, item.Stages, record: true);
            try
            {
                var request = services.GetRequiredService<JobRequestReader>().Read(CreatePayload(item));
                _stop.Dispose();
                _stop = new CancellationTokenSource();
                var stop = _stop.Token;
                item.Run = Task.Run(() => RunAsync(services, request, stop), CancellationToken.None);
                _items.Add(item);
                return item;
            }
            catch
            {
                services.Dispose();
                throw;
            }
        }
    }

    /// <summary>Stops the run that is at work, between two changes.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _stop.Cancel();
        }
    }

    /// <summary>Stops the run that is at work, and waits for its end.</summary>
    /// <returns>A task that ends then.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Current is { } item)
        {
            Stop();
            await item.Run.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        _stop.Dispose();
    }

    private static JsonElement CreatePayload(WorkItem item)
    {
        var payload = new JsonObject { ["job"] = item.Job, ["plan"] = item.Plan };
        if (!item.Applies)
        {
            payload["dryRun"] = true;
        }

        return JobRequestReader.Parse(JsonSerializer.SerializeToUtf8Bytes<JsonNode>(payload));
    }

    private static async Task<RunRecord> RunAsync(ServiceProvider services, BoundRequest request, CancellationToken cancellationToken)
    {
        await using (services)
        {
            return await services.GetRequiredService<IJobDispatcher>().DispatchAsync(request, cancellationToken);
        }
    }
}
