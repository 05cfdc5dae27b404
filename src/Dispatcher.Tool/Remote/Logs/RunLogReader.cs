using System.Runtime.CompilerServices;
using Amazon.CloudWatchLogs;
using Amazon.CloudWatchLogs.Model;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Remote.Logs;

/// <summary>The log of one run in CloudWatch Logs: its own lines, and those of Lambda about its invocation.</summary>
/// <param name="client">The client of CloudWatch Logs.</param>
/// <param name="group">The log group of the function.</param>
/// <param name="runId">The id of the run.</param>
/// <param name="begin">The time before which there is no line.</param>
/// <param name="end">The time after which there is none, if that is known.</param>
internal sealed class RunLogReader(
    IAmazonCloudWatchLogs client, string group, string runId, DateTimeOffset begin, DateTimeOffset? end = null)
{
    /// <summary>A line may arrive this much later than its time says.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _terms = new(StringComparer.Ordinal) { runId };
    private DateTimeOffset _last = DateTimeOffset.MinValue;

    /// <summary>Gets a value indicating whether Lambda or the record of the run has said that it is over.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Reads the lines that were not read before.</summary>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The lines, in the order of their times.</returns>
    public async Task<IReadOnlyList<RunLogLine>> ReadAsync(CancellationToken cancellationToken)
    {
        var lines = new List<RunLogLine>();
        var from = _last > begin + Late ? _last - Late : begin;
        var pending = new Queue<string>(_terms);
        while (pending.TryDequeue(out var term))
        {
            await foreach (var line in FindAsync(term, from, cancellationToken))
            {
                lines.Add(line);

                // A killed run writes no record: that it was killed, and why, is in lines that name only the invocation.
                if (line.RequestId is { } request && _terms.Add(request))
                {
                    pending.Enqueue(request);
                    from = begin;
                }
            }
        }

        _last = lines.Select(static line => line.At).Append(_last).Max();
        HasEnded |= lines.Exists(static line => line.IsEnd);
        return [.. lines.OrderBy(static line => line.At)];
    }

    private async IAsyncEnumerable<RunLogLine> FindAsync(
        string term, DateTimeOffset from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var page = await ReadPageAsync(term, from, next, cancellationToken);
            foreach (var found in page.Events ?? [])
            {
                if (_seen.Add($"{found.EventId}"))
                {
                    var at = DateTimeOffset.FromUnixTimeMilliseconds(found.Timestamp ?? 0);
                    yield return RunLogLine.Read(at, found.Message ?? string.Empty);
                }
            }

            next = page.NextToken;
        }
        while (!string.IsNullOrEmpty(next));
    }

    private async Task<FilterLogEventsResponse> ReadPageAsync(
        string term, DateTimeOffset from, string? next, CancellationToken cancellationToken)
    {
        try
        {
            return await client.FilterLogEventsAsync(
                new FilterLogEventsRequest
                {
                    LogGroupName = group,
                    FilterPattern = $"\"{term}\"",
                    StartTime = from.ToUnixTimeMilliseconds(),
                    EndTime = end?.ToUnixTimeMilliseconds(),
                    NextToken = next,
                },
                cancellationToken);
        }
        catch (AmazonCloudWatchLogsException exception) when (exception.ErrorCode == "ResourceNotFoundException")
        {
            throw new BadInputException(
                $"There is no log group '{group}' in this account and region. Name another one: --log-group NAME, or --stack NAME.");
        }
    }
}
