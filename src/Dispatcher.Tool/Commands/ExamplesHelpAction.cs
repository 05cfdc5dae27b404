using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands;

/// <summary>The standard help under the tool's own name, followed by the command's examples.</summary>
/// <param name="usual">The usual help, which shows the name of the running program.</param>
/// <param name="tool">The tool.</param>
/// <param name="rootExamples">Creates the examples of the tool itself.</param>
internal sealed class ExamplesHelpAction(HelpAction usual, ToolContext tool, Func<string> rootExamples) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        using (var help = new StringWriter())
        {
            parseResult.InvocationConfiguration.Output = help;
            usual.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output = output;
            output.Write(Rename(help.ToString(), parseResult.RootCommandResult.Command.Name));
        }

        switch (parseResult.CommandResult.Command)
        {
            case DocumentedCommand command:
                output.WriteLine(command.Examples);
                break;
            case RootCommand:
                output.WriteLine(rootExamples());
                break;
        }

        return ExitCode.Done;
    }

    /// <summary>Replaces the name of the running program by that of the tool, and removes the blanks at the ends of lines.</summary>
    private string Rename(string help, string program)
    {
        var lines = help.ReplaceLineEndings("\n").Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index].TrimEnd(' ');
            lines[index] = line.StartsWith($"  {program} ", StringComparison.Ordinal) || line == $"  {program}"
                ? $"  {tool.Name}{line[(2 + program.Length)..]}"
                : line;
        }

        return string.Join(Environment.NewLine, lines);
    }
}
