using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Dispatcher.Cli.Terminal;

namespace Dispatcher.Cli.Commands;

/// <summary>Prints the usual help, then the command's lesson.</summary>
/// <param name="usual">The usual help.</param>
/// <param name="rootLesson">The lesson of the tool itself.</param>
internal sealed class LessonHelpAction(HelpAction usual, string rootLesson) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        switch (parseResult.CommandResult.Command)
        {
            case DocumentedCommand command:
                output.WriteLine(command.Lesson);
                break;
            case RootCommand:
                output.WriteLine(rootLesson);
                break;
        }

        return ExitCode.Done;
    }
}
