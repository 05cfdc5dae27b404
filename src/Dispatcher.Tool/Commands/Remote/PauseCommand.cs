using System.CommandLine;
using Amazon.SecurityToken;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Remote;
using Dispatcher.Tool.Remote.Pauses;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Remote;

/// <summary>The command <c>pause</c>: disables what starts a job.</summary>
internal static class PauseCommand
{
    private const string Examples = """
        Examples:
          {tool} pause {job} --stack maintenance --reason "TICKET-123: bucket is being moved"
          {tool} pause {job} --stack maintenance --trigger ClaimsReportRule --reason "month end"

        Disables the rules and schedules of the stack that start the job, and puts
        who, when and why before their descriptions. 'resume' restores them, and
        '{tool} status --stack NAME' shows the job as paused.

        What is disabled already is left alone, and not enabled by 'resume' either.
        Runs at work go on, and so do messages of the job queue: a pause concerns
        what starts the job by itself. A deployment that changes a rule enables it.

        Exit codes: 0 paused, now or before; 1 nothing in the stack starts the job, or
        AWS refused a change; 2 invalid input.

        """;

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("pause", "Disable the rules and schedules that start a job.", "JOB");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var triggers = new JobTriggers { Job = JobArgument.Create(tool) };
        var reason = new Option<string>("--reason")
        {
            Description = "Why, for whoever finds the job paused.",
            HelpName = "TEXT",
            Required = true,
        };
        reason.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && string.IsNullOrWhiteSpace(text))
            {
                result.AddError("'--reason' is empty. Write why the job is paused.");
            }
        });
        var command = new DocumentedCommand(tool, Summary, Examples)
        {
            triggers.Job, triggers.Stack, triggers.Triggers, reason,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = RemoteServices.Build(tool);
            var found = await triggers.ReadAsync(tool, services, parsed, cancellationToken);
            var by = await CallerName.ReadAsync(services.GetRequiredService<IAmazonSecurityTokenService>(), cancellationToken);
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            await JobTriggers.ApplyAsync(
                tool, PausePlan.Pause(found, by, parsed.GetRequiredValue(reason).Trim(), now), cancellationToken);

            tool.Terminal.Out.WriteLine("Start it again with:");
            tool.Terminal.Out.WriteLine(Printable.Text(
                $"{tool.Name} resume {parsed.GetRequiredValue(triggers.Job)} --stack {StackOption.Read(parsed.GetValue(triggers.Stack))}"));
            return ExitCode.Done;
        });
        return command;
    }
}
