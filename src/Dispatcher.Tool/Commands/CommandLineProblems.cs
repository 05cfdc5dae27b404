using System.CommandLine;
using System.CommandLine.Parsing;
using Dispatcher.Text;

namespace Dispatcher.Tool.Commands;

/// <summary>What is wrong with a command line, with the command or the option that was probably meant.</summary>
internal static class CommandLineProblems
{
    /// <summary>The first word that asks for the help of the command behind it.</summary>
    public const string HelpCommand = "help";

    /// <summary>Lists the problems.</summary>
    /// <param name="parsed">The command line.</param>
    /// <returns>One sentence or two for each problem.</returns>
    public static IEnumerable<string> List(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var unknown = parsed.UnmatchedTokens.ToList();
        var hasUnknownOption = parsed.CommandResult.Tokens.Select(static token => token.Value).Concat(unknown)
            .Concat(parsed.CommandResult.Children.SelectMany(static child => child.Tokens.Select(static token => token.Value)))
            .Any(static word => word is ['-', '-', _, ..]);
        foreach (var word in unknown)
        {
            // What follows an option that does not exist is its value.
            if (hasUnknownOption && word is not ['-', ..] && command.Subcommands.Count == 0)
            {
                continue;
            }

            yield return Describe(command, word);
        }

        foreach (var error in parsed.Errors.Where(error => !unknown.Exists(word => IsAbout(error.Message, word))))
        {
            // A word that should have been the command is the better answer to a missing command.
            if (unknown.Count > 0 && IsMissingCommand(parsed))
            {
                continue;
            }

            // System.CommandLine lists the values of an option on separate lines.
            yield return DescribeValue(error) ?? error.Message.ReplaceLineEndings("\n").Replace("\n\t", " ", StringComparison.Ordinal);
        }
    }

    /// <summary>Determines whether a command was named that only groups others, and nothing else is wrong.</summary>
    public static bool IsGroupAlone(ParseResult parsed) => parsed.UnmatchedTokens.Count == 0 && IsMissingCommand(parsed);

    /// <summary>Adds what an option was probably meant to be.</summary>
    /// <param name="command">The command.</param>
    /// <param name="option">The option that does not exist.</param>
    public static string Suggest(Command command, string option) =>
        SpellingSuggester.DidYouMean(option, OptionsOf(command).SelectMany(static known => known.Aliases.Prepend(known.Name)));

    private static string Describe(Command command, string word)
    {
        if (word is ['-', ..])
        {
            return $"There is no option '{word}'.{Suggest(command, word.Split('=', ':')[0])}";
        }

        if (command.Subcommands.Count > 0)
        {
            var known = command.Subcommands.Where(static other => !other.Hidden).Select(static other => other.Name);
            return $"There is no command '{word}'."
                + SpellingSuggester.DidYouMean(word, command is RootCommand ? known.Append(HelpCommand) : known);
        }

        return word.IndexOf('=', StringComparison.Ordinal) > 0 && OptionsOf(command).Any(static option => option.Aliases.Contains("-p"))
            ? $"'{word}' is not understood. To set a parameter, write -p {word}."
            : $"'{word}' is not understood: '{command.Name}' takes no more words.";
    }

    /// <summary>Describes a value of a wrong type. System.CommandLine names the type of .NET.</summary>
    private static string? DescribeValue(ParseError error)
    {
        if (!error.Message.Contains("'System.", StringComparison.Ordinal)
            || error.SymbolResult is not { Tokens: [.., { Value: var text }] } result)
        {
            return null;
        }

        var (name, type) = result switch
        {
            OptionResult { Option: var option } => (option.Name, option.ValueType),
            ArgumentResult { Parent: OptionResult { Option: var option } } => (option.Name, option.ValueType),
            ArgumentResult { Argument: var argument } => (argument.Name, argument.ValueType),
            _ => (null, null),
        };
        return name is null ? null
            : $"'{name}' must be {NumberText.Expect(Nullable.GetUnderlyingType(type!) ?? type!, text)}, but is '{text}'.";
    }

    private static bool IsMissingCommand(ParseResult parsed) =>
        parsed.CommandResult.Command is { Subcommands.Count: > 0, Action: null };

    private static bool IsAbout(string message, string word) => message.Contains($"'{word}'", StringComparison.Ordinal);

    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(static option => option.Recursive))
            .Where(static option => !option.Hidden);
}
