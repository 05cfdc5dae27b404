using System.CommandLine;
using Dispatcher.Tool.Hosting;

namespace Dispatcher.Tool.Commands;

/// <summary>A command as the help of the tool lists it. The command itself is created only if the command line names it.</summary>
/// <param name="Name">The word on the command line.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Argument">The name of the command's argument, if it has one.</param>
internal sealed record CommandSummary(string Name, string Description, string? Argument = null)
{
    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="create">Creates the command as a whole.</param>
    /// <returns>
    /// The command; if the command line does not name it, one with a name, a description and an argument, but no options and no action.
    /// </returns>
    public Command Create(ToolContext tool, Func<ToolContext, Command> create) => tool.IsNamed(Name) ? create(tool) : ToCommand();

    private Command ToCommand()
    {
        var command = new Command(Name, Description);
        if (Argument is not null)
        {
            command.Arguments.Add(new Argument<string>(Argument));
        }

        return command;
    }
}
