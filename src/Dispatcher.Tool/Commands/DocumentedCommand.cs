using System.CommandLine;
using Dispatcher.Tool.Hosting;

namespace Dispatcher.Tool.Commands;

/// <summary>A command whose help ends with examples, after the list of its options.</summary>
/// <param name="tool">The tool.</param>
/// <param name="name">The word on the command line.</param>
/// <param name="description">One sentence.</param>
/// <param name="examples">The template of the examples, as <see cref="ExampleText"/> reads it.</param>
internal sealed class DocumentedCommand(ToolContext tool, string name, string description, string examples) : Command(name, description)
{
    /// <summary>Creates a command of the tool.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="summary">The name and the description.</param>
    /// <param name="examples">The template of the examples.</param>
    public DocumentedCommand(ToolContext tool, CommandSummary summary, string examples)
        : this(tool, summary.Name, summary.Description, examples)
    {
    }

    /// <summary>Gets the examples.</summary>
    public string Examples => ExampleText.Render(examples, tool);
}
