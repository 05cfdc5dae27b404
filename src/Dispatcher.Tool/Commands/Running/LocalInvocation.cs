using System.Text.Json;
using Dispatcher.Tool.Commands.Remote;
using Dispatcher.Tool.Commands.Running.Confirmation;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Running;

/// <summary>
/// The check before <c>invoke</c> runs a payload on this machine although <c>DISPATCH_STACK</c> names a stack, which the other commands of
/// a deployed function use.
/// </summary>
internal static class LocalInvocation
{
    /// <summary>Writes where the payload runs, and asks before a real run if a person can answer.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="yes">Whether the person has confirmed on the command line.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    /// <returns>Whether to run it.</returns>
    public static async Task<bool> MayAsync(ToolContext tool, JsonElement payload, bool yes, CancellationToken cancellationToken)
    {
        if (StackOption.Find(null) is not { } stack)
        {
            return true;
        }

        tool.Terminal.WriteNote($"Invoking on this machine. To invoke the deployed function: {tool.Name} invoke --stack {stack}");
        await using var services = ToolServices.Build(tool);
        var confirmation = new RunConfirmation(tool, services);
        if (!confirmation.IsNeeded(InvocationPayload.IsHarmless(payload), yes))
        {
            return true;
        }

        await confirmation.WritePlaceAsync(cancellationToken);
        return await Question.AskAsync(
            tool.Terminal, $"Run {InvocationPayload.Describe(payload)} on this machine?", cancellationToken);
    }
}
