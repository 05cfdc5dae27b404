using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;
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
            var program = Regex.Escape(parseResult.RootCommandResult.Command.Name);
            var text = Regex.Replace(help.ToString(), $@"^  {program}(?= )", $"  {tool.Name}", RegexOptions.Multiline);
            output.Write(Regex.Replace(text, " +(?=\r?$)", string.Empty, RegexOptions.Multiline));
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
}
