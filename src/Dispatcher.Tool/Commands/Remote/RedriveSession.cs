using Amazon.Lambda;
using Amazon.Runtime;
using Amazon.SQS;
using Dispatcher.Tool.Commands.Running.Confirmation;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Remote;
using Dispatcher.Tool.Remote.DeadLetters;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Remote;

/// <summary>One look at the queues of what was not done, and what is then done with their messages.</summary>
/// <param name="tool">The tool.</param>
/// <param name="services">The services.</param>
/// <param name="stack">The stack.</param>
internal sealed class RedriveSession(ToolContext tool, IServiceProvider services, RemoteStack stack)
{
    private readonly IAmazonSQS _client = services.GetRequiredService<IAmazonSQS>();
    private readonly DeadLetterBox _box = new(services.GetRequiredService<IAmazonSQS>());

    /// <summary>Reads the messages, of all queues at once.</summary>
    /// <param name="queues">The queues.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public Task ReadAsync(IEnumerable<DeadLetterQueue> queues, CancellationToken cancellationToken) =>
        Task.WhenAll(queues.Select(queue => _box.ReadAsync(queue, cancellationToken)));

    /// <summary>Shows what is left to others again.</summary>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public Task ReleaseAsync(CancellationToken cancellationToken) => _box.ReleaseAsync(cancellationToken);

    /// <summary>Writes the messages.</summary>
    /// <param name="queues">The queues that were read.</param>
    /// <param name="json">Whether to write JSON.</param>
    /// <returns>The exit code.</returns>
    public int List(IReadOnlyList<DeadLetterQueue> queues, bool json)
    {
        if (json)
        {
            DeadLetterView.WriteJson(tool.Terminal, _box.Letters);
            return ExitCode.Done;
        }

        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        DeadLetterView.Write(tool.Terminal.Out, queues, _box.Letters, new DeadLetterPayload(tool.Descriptors), now);
        if (_box.Letters.FirstOrDefault(static letter => letter.Obstacle is null) is { } first)
        {
            tool.Terminal.Out.WriteLine("Correct the cause, then run one again, or all:");
            tool.Terminal.Out.WriteLine(Printable.Text($"{tool.Name} redrive {DeadLetterView.ShortId(first)} --stack {stack.Name}"));
            tool.Terminal.Out.WriteLine(Printable.Text($"{tool.Name} redrive --all --stack {stack.Name}"));
        }

        if (_box.Letters.Any())
        {
            tool.Terminal.Out.WriteLine("The whole payloads:");
            tool.Terminal.Out.WriteLine(Printable.Text($"{tool.Name} redrive --json --stack {stack.Name}"));
        }

        return ExitCode.Done;
    }

    /// <summary>Runs messages again, or deletes them.</summary>
    /// <param name="named">The ids; none for all messages.</param>
    /// <param name="purge">Whether to delete them.</param>
    /// <param name="yes">Whether not to ask.</param>
    /// <param name="cancellationToken">Stops between two messages.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> ActAsync(string[] named, bool purge, bool yes, CancellationToken cancellationToken)
    {
        var chosen = Choose(named);
        if (chosen.Count == 0)
        {
            tool.Terminal.Out.WriteLine("There is nothing to do: the queues are empty.");
            return ExitCode.Done;
        }

        List<DeadLetter> possible = [.. chosen.Where(letter => purge || letter.Obstacle is null)];
        foreach (var letter in chosen.Except(possible))
        {
            tool.Terminal.WriteError(
                $"{DeadLetterView.ShortId(letter)} cannot be run again: {letter.Obstacle}. It stays in {letter.Queue.Name}.");
        }

        if (possible.Count > 0 && !await MayAsync(possible, purge, yes, cancellationToken))
        {
            tool.Terminal.WriteNote("Nothing was done.");
            return ExitCode.BadInput;
        }

        var done = await ActAsync(possible, purge, cancellationToken);
        return done == chosen.Count ? ExitCode.Done : done == 0 ? ExitCode.Failed : ExitCode.Partial;
    }

    private async Task<int> ActAsync(List<DeadLetter> letters, bool purge, CancellationToken cancellationToken)
    {
        var replayer = purge ? null : new Replayer(
            new RemoteFunction(services.GetRequiredService<IAmazonLambda>(), stack.GetInvocationTarget()),
            _client,
            stack.Find(StackIds.JobQueue)?.PhysicalId);
        var done = 0;
        foreach (var letter in letters)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await (replayer?.SendAsync(letter, cancellationToken) ?? Task.CompletedTask);
            }
            catch (AmazonServiceException exception)
            {
                tool.Terminal.WriteError(
                    $"{DeadLetterView.ShortId(letter)} was not accepted and stays in {letter.Queue.Name}: {exception.Message}");
                continue;
            }

            done++;
            await DeleteAsync(letter, purge);
        }

        return done;
    }

    /// <summary>Not cancelled: what was accepted must not stay in the queue.</summary>
    private async Task DeleteAsync(DeadLetter letter, bool purge)
    {
        var what = $"{DeadLetterView.ShortId(letter)} {letter.Job ?? "event"}";
        try
        {
            await _box.DeleteAsync(letter, CancellationToken.None);
            tool.Terminal.Out.WriteLine(Printable.Text($"{what}: {(purge ? "deleted" : "accepted, runs again")}"));
        }
        catch (AmazonServiceException exception) when (!purge)
        {
            tool.Terminal.WriteError(
                $"{what} was accepted and runs again, but is still in {letter.Queue.Name}: {exception.Message} Purge it: "
                + $"{tool.Name} redrive {DeadLetterView.ShortId(letter)} --purge --stack {stack.Name}");
        }
    }

    private List<DeadLetter> Choose(string[] named) => named.Length == 0 ? [.. _box.Letters] :
    [
        .. named.Select(id => _box.Letters.Where(letter => letter.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase)).ToList() switch
        {
            [var only] => only,
            [] => throw new BadInputException(
                $"No message '{id}' is in these queues. List them: {tool.Name} redrive --stack {stack.Name}"),
            var several => throw new BadInputException(
                $"{several.Count} messages begin with '{id}': {string.Join(", ", several.Select(static letter => letter.Id))}."),
        }).Distinct(),
    ];

    private async Task<bool> MayAsync(
        List<DeadLetter> letters, bool purge, bool yes, CancellationToken cancellationToken)
    {
        if (!yes && !Question.CanBeAsked(tool.Terminal))
        {
            throw new BadInputException(
                $"{(purge ? "A purge" : "A replay")} has to be confirmed, and standard input is not a terminal. Add --yes.");
        }

        if (!yes)
        {
            await new RunConfirmation(tool, services).WritePlaceAsync(cancellationToken);
            DeadLetterView.WriteChosen(tool.Terminal.Error, letters, new DeadLetterPayload(tool.Descriptors));
        }

        if (!purge)
        {
            await PauseNotice.WriteAsync(tool, services, stack, letters.Select(static letter => letter.Job), cancellationToken);
        }

        return yes || await Question.AskAsync(
            tool.Terminal,
            purge
                ? $"Delete {Printable.Count(letters.Count, "message")} for good, without running what is in them?"
                : $"Run {(letters.Count == 1 ? "this" : "these")} again in stack {stack.Name}?",
            cancellationToken);
    }
}
