using System.CommandLine;
using Dispatcher.Cli.Terminal;

namespace Dispatcher.Cli.Commands.History;

/// <summary>Makes and reads <c>--status</c>: how a run ended.</summary>
internal static class StatusOption
{
    private static readonly string Words = string.Join(", ", Enum.GetValues<JobStatus>().Select(RunFormat.Format));

    /// <summary>Makes the option.</summary>
    /// <returns>The option; hand its value to <see cref="Read"/>.</returns>
    public static Option<string?> Create() => new("--status") { Description = $"Only runs that ended so: {Words}.", HelpName = "STATUS" };

    /// <summary>Reads the option.</summary>
    /// <param name="text">What was given, or <see langword="null"/>.</param>
    /// <returns>The status, or <see langword="null"/> where nothing was given.</returns>
    /// <exception cref="BadInputException">It is no status.</exception>
    public static JobStatus? Read(string? text)
    {
        if (text is null)
        {
            return null;
        }

        // Not Enum.TryParse alone, which takes numbers.
        return Enum.GetValues<JobStatus>().Cast<JobStatus?>().FirstOrDefault(status => RunFormat.Format(status!.Value).Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw new BadInputException($"'{text}' is no status. Give --status as one of: {Words}.");
    }
}
