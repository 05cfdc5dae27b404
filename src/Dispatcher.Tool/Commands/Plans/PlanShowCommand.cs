using System.CommandLine;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Plans;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Plans;

/// <summary>The command <c>plan show PLAN [PLAN]</c>: shows a plan, or the differences between two.</summary>
internal static class PlanShowCommand
{
    private const int DefaultLimit = 10;

    private const string Examples = """
        Examples:
          {tool} plan show plan.jsonl
          {tool} plan show plan.jsonl --action s3:DeleteObject --limit 50
          {tool} plan show yesterday.jsonl today.jsonl ## show the differences
          {tool} plan show plan.jsonl --json | jq -r '.changes[].target'
          PLAN_BUCKET=plans {tool} plan show s3://plans/plans/plan.jsonl.gz

        A plan is shown only if it is whole and its digest is right. With two plans
        the command lists the changes that only one of them has, and those whose
        evidence differs.

        Exit codes: 0 success; 1 unreadable bucket; 2 not a plan, or not a whole and
        unchanged one.

        """;

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var plan = new Argument<string>("PLAN") { Description = "A file, or the address in S3 of a plan in the bucket of PLAN_BUCKET." };
        var other = new Argument<string?>("PLAN2")
        {
            Description = "A later plan to compare with.", Arity = ArgumentArity.ZeroOrOne,
        };
        var action = new Option<string?>("--action") { Description = "Show only changes of this action.", HelpName = "ACTION" };
        var target = new Option<string?>("--target") { Description = "Show only changes whose target contains this.", HelpName = "TEXT" };
        var limit = new Option<int>("--limit")
        {
            Description = "Limit the number of changes in each list.",
            HelpName = "N",
            DefaultValueFactory = static _ => DefaultLimit,
        };
        limit.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var number) && number < 0)
            {
                result.AddError("'--limit' must be 0 or more.");
            }
        });
        var json = new Option<bool>("--json") { Description = "Write the plan, or the differences, as a JSON object." };
        var command = new DocumentedCommand(tool, "show", "Show a plan, or the differences between two plans.", Examples)
        {
            plan, other, action, target, limit, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var view = new PlanView(
                tool.Terminal, new PlanSelection(parsed.GetValue(action), parsed.GetValue(target)), parsed.GetValue(limit));
            await using var services = ToolServices.Build(tool);
            using var shown = await PlanReader.ReadAsync(services, parsed.GetRequiredValue(plan), cancellationToken);
            if (parsed.GetValue(other) is not { } second)
            {
                view.Write(shown, parsed.GetValue(json));
                return ExitCode.Done;
            }

            using var later = await PlanReader.ReadAsync(services, second, cancellationToken);
            view.Write(shown, later, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }
}
