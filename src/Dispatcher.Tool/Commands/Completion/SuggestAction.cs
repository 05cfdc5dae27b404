using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using System.Globalization;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Completion;

/// <summary>
/// The action of the directive <c>[suggest:POSITION] "LINE"</c>: writes what can stand at the cursor, one per line. The line does not have
/// the tool's name, and the cursor is at its end unless a position is given. Nothing that goes wrong is reported, because the person is
/// typing.
/// </summary>
/// <param name="root">The root of the commands.</param>
/// <param name="directive">The directive.</param>
/// <param name="line">The line to complete.</param>
internal sealed class SuggestAction(RootCommand root, SuggestDirective directive, string line) : SynchronousCommandLineAction
{
    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        try
        {
            var position = parseResult.GetResult(directive)?.Values is [.., var value]
                && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var given)
                ? Math.Min(given, line.Length)
                : line.Length;
            foreach (var suggestion in Suggest(ShellWords.Split(line[..position])))
            {
                parseResult.InvocationConfiguration.Output.WriteLine(suggestion);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return ExitCode.Failed;
        }

        return ExitCode.Done;
    }

    private IReadOnlyList<string> Suggest(ShellWords words)
    {
        var before = words.Complete;
        var (joined, word) = (string.Empty, words.Current);
        if (word.StartsWith("--", StringComparison.Ordinal) && word.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
        {
            (before, joined, word) = ([.. before, word[..equals]], word[..(equals + 1)], word[(equals + 1)..]);
        }

        if (word.Any(char.IsWhiteSpace) || word.Contains('"', StringComparison.Ordinal))
        {
            return [];
        }

        var text = $"{string.Join(' ', Relevant(before).Select(Quote))} {word}".TrimStart();
        var parsed = root.Parse(text, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.UnmatchedTokens.Any(token => token != word))
        {
            return [];
        }

        var found = parsed.GetCompletions(text.Length)
            .OrderBy(static item => item.SortText, StringComparer.Ordinal)
            .Select(static item => item.InsertText ?? item.Label)
            .Where(item => item.StartsWith(word, StringComparison.OrdinalIgnoreCase) && item[0] != '/' && item != "-?")
            .Distinct()
            .ToList();

        // Options only when one is begun, or when there is nothing else.
        var values = found.FindAll(static item => item[0] != '-');
        var options = found.FindAll(item => item.StartsWith(word.Length == 0 ? "--" : "-", StringComparison.Ordinal));
        return [.. (values.Count > 0 ? values : options).Select(item => joined + item)];
    }

    /// <summary>
    /// Leaves out complete options. For the parser, an option that can be repeated or that needs no value would still be the one to
    /// complete. Those of the same name as the last, open option stay: it may complete what they have not set.
    /// </summary>
    private IEnumerable<string> Relevant(IReadOnlyList<string> words)
    {
        var options = OptionsOf(root).ToLookup(static option => option.Name, StringComparer.Ordinal);
        var open = words is [.., var last] && options[last].FirstOrDefault() is { IsFlag: false } option ? option.Option : null;
        for (var index = 0; index < words.Count; index++)
        {
            var name = words[index].StartsWith("--", StringComparison.Ordinal) ? words[index].Split('=', 2)[0] : words[index];
            var (known, isFlag) = options[name].Select(static found => (found.Option, found.IsFlag)).FirstOrDefault();
            if (known is null || known == open)
            {
                yield return words[index];
            }
            else if (!isFlag && name == words[index])
            {
                index++;
            }
        }
    }

    private static IEnumerable<(string Name, Option Option, bool IsFlag)> OptionsOf(Command command)
    {
        var own =
            from option in command.Options
            from name in option.Aliases.Prepend(option.Name)
            select (name, option, option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0);
        return own.Concat(command.Subcommands.SelectMany(OptionsOf));
    }

    /// <summary>Quotes a word for the parser, which knows double quotes but no escapes.</summary>
    private static string Quote(string word)
    {
        var plain = word.Replace("\"", string.Empty, StringComparison.Ordinal);
        return plain.Length == 0 || plain.Any(char.IsWhiteSpace) ? $"\"{plain}\"" : plain;
    }
}
