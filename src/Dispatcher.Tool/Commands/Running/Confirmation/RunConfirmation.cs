using System.Globalization;
using Dispatcher.Hosting;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Running.Confirmation;

/// <summary>
/// The question before a run that makes changes. It shows as whom and where the tool works, on what, the last plan, and the limits.
/// </summary>
/// <param name="tool">The tool.</param>
/// <param name="services">The services of the run.</param>
internal sealed class RunConfirmation(ToolContext tool, IServiceProvider services)
{
    private readonly IConfiguration _configuration = services.GetRequiredService<IConfiguration>();

    /// <summary>Determines whether a person has to confirm: not a dry run, and not without a terminal.</summary>
    /// <param name="dryRun">Whether the request is for a dry run.</param>
    /// <param name="yes">Whether the person has confirmed on the command line.</param>
    /// <returns><see langword="true"/> if so.</returns>
    public bool IsNeeded(bool dryRun, bool yes) =>
        !yes && tool.Terminal.IsInputTyped && !dryRun && _configuration["DRY_RUN"]?.Trim().ToUpperInvariant() is not ("TRUE" or "1");

    /// <summary>Shows what a run would work on, and asks whether to run it.</summary>
    /// <param name="request">The request, checked.</param>
    /// <param name="workers">How many processes do the shards at once, if the work is divided.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    /// <returns><see langword="true"/> if the person confirms.</returns>
    public async Task<bool> AskAsync(BoundRequest request, int? workers, CancellationToken cancellationToken)
    {
        var facts = new List<(string Name, string Value)> { ("Job", $"{request.Job.Name} (a real run: it makes changes)") };
        facts.AddRange(await PlaceAsync(cancellationToken));
        facts.AddRange(Targets(request));
        var plan = await LastPlan.FindAsync(services, request, cancellationToken);
        facts.Add(("Last plan", plan.Describe(services.GetRequiredService<TimeProvider>().GetUtcNow())));
        facts.Add(("Limits", DescribeLimits(request)));
        if (request.Request.Shards is { } shards)
        {
            facts.Add(("Shards", workers is null ? $"{shards}" : $"{shards}, {workers} at once"));
        }

        Write(tool.Terminal.Error, facts);
        return await Question.AskAsync(tool.Terminal, "Run it?", cancellationToken);
    }

    /// <summary>Shows as whom and where a command works.</summary>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task WritePlaceAsync(CancellationToken cancellationToken) =>
        Write(tool.Terminal.Error, await PlaceAsync(cancellationToken));

    private static void Write(IAnsiConsole console, IEnumerable<(string Name, string Value)> facts)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 2, 0) }).AddColumn();
        foreach (var (name, value) in facts)
        {
            grid.AddRow(Tables.Cell(name, new Style(decoration: Decoration.Dim)), Tables.Cell(value));
        }

        console.Write(grid);
        console.WriteLine();
    }

    private async Task<IReadOnlyList<(string Name, string Value)>> PlaceAsync(CancellationToken cancellationToken)
    {
        var place = await CallerPlace.FindAsync(services, cancellationToken);
        return [("As", place.Caller), ("Where", place.Where)];
    }

    private IEnumerable<(string Name, string Value)> Targets(BoundRequest request)
    {
        foreach (var parameter in request.Job.Parameters.Resolve(request.Request.Parameters, _configuration))
        {
            var source = parameter.ConfigurationKey is { } key ? $" ({key})" : string.Empty;
            yield return (parameter.Name, parameter.Shown + source);
        }

        foreach (var (kind, target) in services.GetServices<IRunTargets>().SelectMany(source => source.Describe(request.Job)))
        {
            yield return (kind, target);
        }
    }

    private string DescribeLimits(BoundRequest request)
    {
        var limits = services.GetRequiredService<JobCatalog>().DescribeLimits(request);
        return limits.Count == 0 ? "none; --max-changes N sets one" : string.Join(", ", limits.Select(static limit => string.Create(
            CultureInfo.InvariantCulture, $"{limit.Key} {limit.Value.Value:#,0.##} ({limit.Value.Source})")));
    }
}
