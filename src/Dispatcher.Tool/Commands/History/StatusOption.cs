using System.CommandLine;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.History;

/// <summary>The option <c>--status</c>.</summary>
internal static class StatusOption
{
    private static readonly string Words = string.Join(", ", Enum.GetValues<JobStatus>().Select(RunFormat.Format));

    /// <summary>Creates the option.</summary>
    /// <returns>The option; hand its value to <see cref="Read"/>.</returns>
    public static Option<string?> Create()
    {
        var option = new Option<string?>("--status") { Description = $"Filter by status: {Words}.", HelpName = "STATUS" };
        option.CompletionSources.Add(static _ => Enum.GetValues<JobStatus>().Select(RunFormat.Format));
        return option;
    }

    /// <summary>Reads the option.</summary>
    /// <param name="text">What was given, or <see langword="null"/>.</param>
    /// <returns>The status, or <see langword="null"/> if none was given.</returns>
    /// <exception cref="BadInputException">It is not a status.</exception>
    public static JobStatus? Read(string? text)
    {
        if (text is null)
        {
            return null;
        }

        // Not Enum.TryParse alone, which takes numbers.
        return Enum.GetValues<JobStatus>().Cast<JobStatus?>().FirstOrDefault(
            status => RunFormat.Format(status!.Value).Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw new BadInputException($"'{text}' is not a status. Set --status to one of: {Words}.");
    }
}
