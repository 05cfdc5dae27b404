using System.CommandLine;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Remote;
using Dispatcher.Tool.Remote.Pauses;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Remote;

/// <summary>The command <c>resume</c>: ends a pause.</summary>
internal static class ResumeCommand
{
    private const string Examples = """
        Examples:
          {tool} resume {job} --stack maintenance
          {tool} resume {job} --stack maintenance --trigger ClaimsReportRule

        Restores the rules and schedules that 'pause' has disabled, with the state and
        the description that they had. What someone else has disabled stays disabled.

        A job does not catch up: it runs at its next time. To run it now, use
        '{tool} invoke --stack NAME'.

        Exit codes: 0 resumed, now or before; 1 nothing in the stack starts the job, or
        AWS refused a change; 2 invalid input.

        """;

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("resume", "Enable the rules and schedules that 'pause' has disabled.", "JOB");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var triggers = new JobTriggers { Job = JobArgument.Create(tool) };
        var command = new DocumentedCommand(tool, Summary, Examples)
        {
            triggers.Job, triggers.Stack, triggers.Triggers,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = RemoteServices.Build(tool);
            var found = await triggers.ReadAsync(tool, services, parsed, cancellationToken);
            await JobTriggers.ApplyAsync(tool, PausePlan.Resume(found), cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }
}
