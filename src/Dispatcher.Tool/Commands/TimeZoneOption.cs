using System.CommandLine;
using Dispatcher.Deployment.Schedules;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands;

/// <summary>The option <c>--time-zone</c>.</summary>
internal static class TimeZoneOption
{
    /// <summary>Creates the option.</summary>
    /// <param name="description">What the time zone is for.</param>
    /// <returns>The option; hand its value to <see cref="Read"/>.</returns>
    public static Option<string> Create(string description) => new("--time-zone")
    {
        Description = $"{description}, as an IANA name.", HelpName = "ZONE", DefaultValueFactory = static _ => "UTC",
    };

    /// <summary>Reads the option.</summary>
    /// <param name="name">What was given.</param>
    /// <returns>The time zone.</returns>
    /// <exception cref="BadInputException">It is not a time zone.</exception>
    public static TimeZoneInfo Read(string name) => TimeZones.Find(name, out var problem) ?? throw new BadInputException(problem);
}
