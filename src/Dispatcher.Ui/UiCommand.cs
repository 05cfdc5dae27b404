using System.CommandLine;
using Dispatcher.Aws.Plans;
using Dispatcher.Deployment.Schedules;
using Dispatcher.Tool.Commands;
using Dispatcher.Tool.Commands.Deployment;
using Dispatcher.Tool.Commands.Remote;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Remote;
using Dispatcher.Tool.Terminal;
using Dispatcher.Ui.Hosting;
using Dispatcher.Ui.Pages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Dispatcher.Ui;

/// <summary>The command <c>ui</c>: serves jobs, runs, schedules and plans as pages on this machine.</summary>
internal static class UiCommand
{
    private const string Examples = """
        Examples:
          {tool} ui ## open the address that it prints
          {tool} ui --plans plans --allow-runs ## review plans and apply them
          RUNS_TABLE=maintenance-runs {tool} ui ## runs of the function
          PLAN_BUCKET=plans {tool} ui --plans s3://plans/plans/
          {tool} ui --time-zone Europe/Berlin --port 8080

        The pages are served on 127.0.0.1 only, to whoever has the token in the
        address. They load nothing from the network and change nothing, unless
        --allow-runs is given: then a plan can be applied, or some of its changes,
        after a question. Runs obey the same limits and DRY_RUN as those of 'run'.

        Runs are read from where 'history' reads them, schedules from the template
        as by 'schedules'; with --stack, the status is judged by what is deployed,
        pauses included. Ctrl+C ends the process; a run that is at work stops
        between two changes.

        Exit codes: 0 ended by Ctrl+C; 1 the port is in use; 2 invalid input.

        """;

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("ui", "Show jobs, runs, schedules and plans in the browser.");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var port = new Option<int>("--port") { Description = "The port on 127.0.0.1 (default: any free one).", HelpName = "PORT" };
        port.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var number) && number is < 1 or > 65535)
            {
                result.AddError("'--port' must be from 1 to 65535.");
            }
        });
        var allowRuns = new Option<bool>("--allow-runs") { Description = "Let the pages plan jobs and apply plans." };
        var plans = new Option<string?>("--plans")
        {
            Description = "The folder of plans, or an address in S3 (default: plans/ in the bucket of PLAN_BUCKET, or this folder).",
            HelpName = "FOLDER",
        };
        var zone = new Option<string>("--time-zone")
        {
            Description = "The time zone of the pages.", DefaultValueFactory = _ => "UTC", HelpName = "ZONE",
        };
        var template = new TemplateOptions();
        var stack = StackOption.Create();
        var command = new DocumentedCommand(tool, Summary, Examples)
        {
            port, allowRuns, plans, zone, template.File, template.Parameters, stack,
        };
        command.SetAction((parsed, cancellationToken) => ServeAsync(
            tool,
            parsed.GetValue(plans),
            new UiSettings
            {
                Port = parsed.GetValue(port),
                AllowRuns = parsed.GetValue(allowRuns),
                Zone = TimeZones.Find(parsed.GetValue(zone)!, out var problem) ?? throw new BadInputException(problem),
                Template = parsed.GetValue(template.File),
                TemplateParameters = template.ReadParameters(parsed),
                Stack = StackOption.Find(parsed.GetValue(stack)),
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> ServeAsync(
        ToolContext tool, string? plans, UiSettings settings, CancellationToken cancellationToken)
    {
        await using var services = settings.Stack is null ? ToolServices.Build(tool) : RemoteServices.Build(tool);
        var bucket = PlanBucketSettings.Read(services.GetRequiredService<IConfiguration>());
        settings = settings with
        {
            PlanFolder = plans ?? (bucket is null ? "." : $"s3://{bucket.Name}/{PlanBucketSettings.Prefix}"),
        };
        await using var server = await UiServer.StartAsync(tool, services, settings, cancellationToken);
        tool.Terminal.Out.WriteLine(settings.AllowRuns
            ? "Serving on this machine only. The pages can plan jobs and apply plans. Ctrl+C ends it. Open:"
            : "Serving on this machine only, read-only. Ctrl+C ends it. Open:");
        tool.Terminal.Out.WriteLine();
        tool.Terminal.Out.WriteLine($"  {server.Address}");
        tool.Terminal.Out.WriteLine();
        await WaitAsync(cancellationToken);
        return ExitCode.Done;
    }

    private static async Task WaitAsync(CancellationToken cancellationToken)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(end.SetResult);
        await end.Task;
    }
}
