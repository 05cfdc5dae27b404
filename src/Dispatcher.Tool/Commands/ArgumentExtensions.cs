using System.CommandLine;
using System.CommandLine.Completions;

namespace Dispatcher.Tool.Commands;

/// <summary>Extensions of arguments.</summary>
internal static class ArgumentExtensions
{
    /// <summary>Adds suggestions for an argument that has no complete value yet. Help texts show the argument's name, not them.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="suggest">Suggests values for a word.</param>
    public static void Suggest(this Argument<string> argument, Func<string, IEnumerable<CompletionItem>> suggest)
    {
        argument.HelpName = argument.Name;
        argument.CompletionSources.Add(context =>
        {
            var word = context.WordToComplete;
            return context.ParseResult.GetResult(argument)?.Tokens is [{ Value: var given }, ..] && given != word ? [] : suggest(word);
        });
    }
}
