using System.CommandLine;
using System.CommandLine.Completions;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Completion;

/// <summary>The command <c>completion SHELL</c>: prints the script that completes command lines in a shell.</summary>
internal static class CompletionCommand
{
    private const string Examples = """
        Examples:
          eval "$({tool} completion bash)" ## in ~/.bashrc
          eval "$({tool} completion zsh)" ## in ~/.zshrc
          {tool} completion fish > ~/.config/fish/completions/{tool}.fish
          {tool} completion powershell | Out-String | Invoke-Expression

        The last one is for $PROFILE of PowerShell. The script completes commands,
        options, jobs, their parameters with the values of booleans and enums, and
        the ids of the latest runs. It calls {tool}, which must be on PATH.

        """;

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("completion", "Print the script that completes command lines in a shell.", "SHELL");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var shell = new Argument<string>("SHELL") { Description = $"The shell: {string.Join(", ", CompletionScript.Shells)}." };
        shell.AcceptOnlyFromAmong([.. CompletionScript.Shells]);
        shell.CompletionSources.Clear();
        shell.Suggest(static _ => CompletionScript.Shells.Select(static name => new CompletionItem(name)));
        var command = new DocumentedCommand(tool, Summary, Examples) { shell };
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.Write(CompletionScript.Create(parsed.GetRequiredValue(shell), tool.Name));
            return ExitCode.Done;
        });
        return command;
    }
}
