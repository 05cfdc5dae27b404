using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands;

/// <summary>The standard help, followed by the command's examples.</summary>
/// <param name="usual">The usual help.</param>
/// <param name="rootExamples">The examples of the tool itself.</param>
internal sealed class ExamplesHelpAction(HelpAction usual, string rootExamples) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        switch (parseResult.CommandResult.Command)
        {
            case DocumentedCommand command:
                output.WriteLine(command.Examples);
                break;
            case RootCommand:
                output.WriteLine(rootExamples);
                break;
        }

        return ExitCode.Done;
    }
}
