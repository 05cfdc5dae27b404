using System.CommandLine;

namespace Dispatcher.Tool.Commands;

/// <summary>A command whose help ends with examples, after the list of its options.</summary>
/// <param name="name">The word on the command line.</param>
/// <param name="description">One sentence.</param>
/// <param name="examples">The examples, in lines of at most 78 characters.</param>
internal sealed class DocumentedCommand(string name, string description, string examples) : Command(name, description)
{
    /// <summary>Gets the examples.</summary>
    public string Examples { get; } = examples;
}
