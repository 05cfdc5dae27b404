using System.CommandLine;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Remote;
using Dispatcher.Tool.Remote.DeadLetters;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Remote;

/// <summary>The command <c>redrive</c>: lists what was not done, runs it again, or deletes it.</summary>
internal static class RedriveCommand
{
    private const string Examples = """
        Examples:
          {tool} redrive --stack maintenance ## list what was not done
          {tool} redrive 3f2a9c1e --stack maintenance ## run one message again
          {tool} redrive --all --queue failed-runs --stack maintenance
          {tool} redrive 3f2a9c1e --purge --stack maintenance ## delete it instead

        failed-runs has runs that failed for the last time, failed-messages has
        messages of the job queue that were received five times, undelivered-events
        has what EventBridge could not deliver. Correct the cause first.

        A payload runs again in the way that it came: through the job queue, or as an
        asynchronous invocation that Lambda repeats if it fails. Its message is deleted
        after Lambda or SQS has accepted the payload, so that nothing is lost. A run
        that fails again comes back to the queue.

        A list holds the messages for a few seconds and counts as receiving them. At a
        terminal, a replay and a purge ask first; anywhere else they need --yes.

        Exit codes: 0 done, or nothing to do; 1 AWS refused; 2 invalid input, or the
        answer was no; 3 some messages could not be run again.

        """;

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("redrive", "List what failed for good, and run it again or delete it.", "MESSAGE");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var messages = new Argument<string[]>("MESSAGE")
        {
            Description = "The id of a message, or an unambiguous prefix of it.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        messages.Validators.Add(static result =>
        {
            if (result.Tokens.FirstOrDefault(static token => token.Value is ['-', ..]) is { } option)
            {
                result.AddError($"There is no option '{option.Value}' here.");
            }
        });
        var stack = StackOption.Create();
        var all = new Option<bool>("--all") { Description = "All messages." };
        var queue = new Option<string?>("--queue") { Description = "Only the messages of this queue.", HelpName = "QUEUE" };
        queue.AcceptOnlyFromAmong([.. DeadLetterQueue.Names]);
        var purge = new Option<bool>("--purge") { Description = "Delete the messages and run nothing." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        var json = new Option<bool>("--json") { Description = "Write the list as a JSON array, with the payloads." };
        var command = new DocumentedCommand(tool, Summary, Examples)
        {
            messages, stack, all, queue, purge, yes, json,
        };
        command.Validators.Add(result =>
        {
            var named = result.GetValue(messages) is { Length: > 0 };
            if (named && result.GetValue(all))
            {
                result.AddError("Name messages or write --all, not both.");
            }
            else if (!named && !result.GetValue(all) && result.GetValue(purge))
            {
                result.AddError("Nothing to purge is named. Name messages, or write --all.");
            }
            else if ((named || result.GetValue(all)) && result.GetValue(json))
            {
                result.AddError("'--json' is for the list, without messages and --all.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = RemoteServices.Build(tool);
            var found = await services.ReadStackAsync(StackOption.Read(parsed.GetValue(stack)), cancellationToken);
            var queues = DeadLetterQueue.Find(found).Where(one => parsed.GetValue(queue) is not { } name || one.Name == name).ToList();
            if (queues.Count == 0)
            {
                throw new BadInputException(
                    $"The stack '{found.Name}' has no queue {parsed.GetValue(queue) ?? string.Join(", ", DeadLetterQueue.Names)}.");
            }

            var session = new RedriveSession(tool, services, found);
            try
            {
                await session.ReadAsync(queues, cancellationToken);
                var named = parsed.GetValue(messages) ?? [];
                return named.Length == 0 && !parsed.GetValue(all)
                    ? session.List(queues, parsed.GetValue(json))
                    : await session.ActAsync(named, parsed.GetValue(purge), parsed.GetValue(yes), cancellationToken);
            }
            finally
            {
                // Not cancelled by Ctrl+C: the messages would stay hidden for minutes.
                await session.ReleaseAsync(CancellationToken.None);
            }
        });
        return command;
    }
}
