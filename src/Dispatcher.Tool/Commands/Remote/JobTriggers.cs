using System.CommandLine;
using Amazon.EventBridge;
using Amazon.Scheduler;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Remote;
using Dispatcher.Tool.Remote.Pauses;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Commands.Remote;

/// <summary>The rules and schedules of one job, which <c>pause</c> and <c>resume</c> change.</summary>
internal sealed class JobTriggers
{
    /// <summary>Gets the argument that names the job.</summary>
    public required Argument<string> Job { get; init; }

    /// <summary>Gets the option that names the stack.</summary>
    public Option<string?> Stack { get; } = StackOption.Create();

    /// <summary>Gets the option that selects single triggers.</summary>
    public Option<string[]> Triggers { get; } = new("--trigger")
    {
        Description = "Only this rule or schedule of the template. Can be repeated.",
        HelpName = "RESOURCE",
    };

    /// <summary>Reads the triggers.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="services">The services.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>At least one trigger.</returns>
    /// <exception cref="BadInputException">The job, the stack or a trigger does not exist.</exception>
    /// <exception cref="CommandFailedException">Nothing in the stack starts the job by itself.</exception>
    public async Task<IReadOnlyList<StackTrigger>> ReadAsync(
        ToolContext tool, IServiceProvider services, ParseResult parsed, CancellationToken cancellationToken)
    {
        var job = parsed.GetRequiredValue(Job);
        var name = StackOption.Read(parsed.GetValue(Stack));
        var registry = services.GetRequiredService<JobRegistry>();
        if (!registry.TryFind(job, out _))
        {
            throw new BadInputException(registry.DescribeMissing(job));
        }

        var stack = await services.ReadStackAsync(name, cancellationToken);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var inspection = await stack.InspectAsync(tool.Jobs, now, cancellationToken);
        var reader = new StackTriggers(
            stack, services.GetRequiredService<IAmazonEventBridge>(), services.GetRequiredService<IAmazonScheduler>());
        var found = await reader.ReadAsync(inspection, trigger => trigger.Job == job, cancellationToken);
        if (found.Count == 0)
        {
            throw new CommandFailedException(
                $"No rule and no schedule of the stack '{name}' starts '{job}'. See what starts jobs: {tool.Name} schedules");
        }

        return Select(found, parsed.GetValue(Triggers) ?? [], job);
    }

    /// <summary>Writes what is done to each trigger, and does it.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public static async Task ApplyAsync(ToolContext tool, IReadOnlyList<TriggerChange> changes, CancellationToken cancellationToken)
    {
        foreach (var change in changes)
        {
            await change.ApplyAsync(cancellationToken);
            HangingText.Write(tool.Terminal.Out, $"{change.Trigger.Resource}  ", new(), change.Outcome, indent: 2);
            if (change is { IsChange: true, Trigger.OtherTargets: { Count: > 0 } others })
            {
                HangingText.Write(tool.Terminal.Out, "  ", new(), $"It also starts {string.Join(", ", others)}.");
            }
        }
    }

    private static IReadOnlyList<StackTrigger> Select(IReadOnlyList<StackTrigger> found, string[] wanted, string job)
    {
        var names = found.Select(static trigger => trigger.Resource).ToList();
        return wanted.FirstOrDefault(name => !names.Contains(name, StringComparer.Ordinal)) is { } missing
            ? throw new BadInputException(
                $"'{missing}' does not start '{job}'.{SpellingSuggester.DidYouMean(missing, names)} "
                + $"Triggers of the job: {string.Join(", ", names)}.")
            : [.. found.Where(trigger => wanted.Length == 0 || wanted.Contains(trigger.Resource, StringComparer.Ordinal))];
    }
}
