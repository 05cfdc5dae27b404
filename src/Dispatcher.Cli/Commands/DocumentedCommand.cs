using System.CommandLine;

namespace Dispatcher.Cli.Commands;

/// <summary>Is a command whose help goes on after the list of its options: with examples, and with what they do.</summary>
/// <param name="name">The word on the command line.</param>
/// <param name="description">One sentence.</param>
/// <param name="lesson">What follows the options, in lines of at most 78 characters.</param>
internal sealed class DocumentedCommand(string name, string description, string lesson) : Command(name, description)
{
    /// <summary>Gets what follows the options.</summary>
    public string Lesson { get; } = lesson;
}
