using System.CommandLine;

namespace Dispatcher.Tool.Commands.History;

/// <summary>The options that select a page of changes.</summary>
internal sealed class PageOptions
{
    /// <summary>Gets the option that sets the length of a page.</summary>
    public Option<int?> Limit { get; } = Create("--limit", $"Show N changes ({ChangePage.DefaultLimit}).", least: 1);

    /// <summary>Gets the option that leaves out the changes of earlier pages.</summary>
    public Option<int?> Skip { get; } = Create("--skip", "Leave out the first N changes.", least: 0);

    /// <summary>Determines whether a page is asked for.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetResult(Limit) is not null || parsed.GetResult(Skip) is not null;

    /// <summary>Reads the page.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="filter">Which changes are wanted.</param>
    public ChangePage Read(ParseResult parsed, ChangeFilter filter) =>
        new(filter, parsed.GetValue(Skip) ?? 0, parsed.GetValue(Limit));

    private static Option<int?> Create(string name, string description, int least)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var number) && number < least)
            {
                result.AddError($"'{name}' must be {least} or more.");
            }
        });
        return option;
    }
}
