using System.CommandLine;

namespace Dispatcher.Cli.Commands;

/// <summary>Is a command whose help goes on after the list of its options: with examples, and with what they do.</summary>
/// <param name="name">The word on the command line.</param>
/// <param name="description">One sentence.</param>
/// <param name="examples">What follows the options, in lines of at most 78 characters.</param>
internal sealed class DocumentedCommand(string name, string description, string examples) : Command(name, description)
{
    /// <summary>Gets what follows the options.</summary>
    public string Examples { get; } = examples;
}
