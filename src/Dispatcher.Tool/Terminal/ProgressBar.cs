using System.Collections.Concurrent;
using Spectre.Console;

namespace Dispatcher.Tool.Terminal;

/// <summary>A progress bar for work that takes longer than a second; it disappears at the end.</summary>
internal static class ProgressBar
{
    private const string Waiting = "Working";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for work, and shows its progress.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="console">The console; <see langword="null"/> to only wait.</param>
    /// <param name="stages">How far the work has come.</param>
    /// <param name="work">The work.</param>
    /// <returns>The result of the work.</returns>
    public static async Task<T> ShowAsync<T>(IAnsiConsole? console, StageTracker stages, Task<T> work)
    {
        if (console is not null && await Task.WhenAny(work, Task.Delay(Patience)) != work)
        {
            var rates = new ConcurrentDictionary<ProgressTask, double?>();
            await console.Progress()
                .AutoClear(true)
                .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 },
                    new CountColumn(), new RateColumn(task => rates.GetValueOrDefault(task)))
                .StartAsync(context => FollowAsync(context, stages, rates, work));
        }

        return await work;
    }

    private static async Task FollowAsync(
        ProgressContext context, StageTracker stages, ConcurrentDictionary<ProgressTask, double?> rates, Task work)
    {
        var bars = new Dictionary<string, ProgressTask>(StringComparer.Ordinal);
        do
        {
            Update(context, bars, rates, stages.Snapshot());
        }
        while (await Task.WhenAny(work, Task.Delay(Refresh)) != work);
    }

    private static void Update(
        ProgressContext context,
        Dictionary<string, ProgressTask> bars,
        ConcurrentDictionary<ProgressTask, double?> rates,
        IReadOnlyList<StageProgress> stages)
    {
        if (stages.Count == 0 && bars.Count == 0)
        {
            bars.Add(Waiting, context.AddTask(Waiting).IsIndeterminate());
        }

        foreach (var (stage, _, _, rate) in stages)
        {
            if (!bars.TryGetValue(stage.Stage, out var bar))
            {
                // The first stage takes the place of the bar that said that something is going on.
                var title = Markup.Escape(Printable.Text(stage.Stage));
                bar = bars[stage.Stage] = bars.Remove(Waiting, out var waiting) ? waiting : context.AddTask(title);
                bar.Description = title;
            }

            bar.IsIndeterminate = stage.Total is null;
            bar.MaxValue = Math.Max(1, stage.Total ?? stage.Done + 1);
            bar.Value = stage.Done;
            rates[bar] = rate;
        }
    }
}
