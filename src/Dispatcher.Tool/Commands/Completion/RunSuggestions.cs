using System.Collections.Concurrent;
using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using Dispatcher.Hosting;
using Dispatcher.Tool.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Tool.Commands.Completion;

/// <summary>Suggestions for the id of a run: those in the history, newest first.</summary>
internal static class RunSuggestions
{
    private const int MaxRuns = 20;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(1);

    /// <summary>Adds the suggestions to the argument.</summary>
    /// <param name="argument">The argument that names a run.</param>
    /// <param name="tool">The tool.</param>
    public static void Add(Argument<string> argument, ToolContext tool) =>
        argument.Suggest(word => Find(tool, word).Select(static (runId, index) =>
            new CompletionItem(runId, sortText: index.ToString("D2", CultureInfo.InvariantCulture))));

    /// <summary>Finds ids of runs.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="prefix">How the ids begin.</param>
    /// <returns>At most 20 ids; those that were read within a second. A history that cannot be read has none.</returns>
    internal static IReadOnlyCollection<string> Find(ToolContext tool, string prefix)
    {
        var found = new ConcurrentQueue<string>();
        using var limit = new CancellationTokenSource(TimeLimit);
        try
        {
            // On the thread pool: a history that blocks must not keep the shell waiting.
            Task.Run(() => ReadAsync(tool, prefix, found, limit.Token), limit.Token).Wait(TimeLimit);
        }
        catch (AggregateException)
        {
        }

        return [.. found];
    }

    private static async Task ReadAsync(
        ToolContext tool, string prefix, ConcurrentQueue<string> found, CancellationToken cancellationToken)
    {
        await using var services = ToolServices.Build(tool, LogLevel.None);
        await foreach (var run in services.GetRequiredService<IRunHistory>().ListAsync(new RunQuery(), cancellationToken))
        {
            if (run.RunId.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                found.Enqueue(run.RunId);
            }

            if (found.Count == MaxRuns)
            {
                break;
            }
        }
    }
}
