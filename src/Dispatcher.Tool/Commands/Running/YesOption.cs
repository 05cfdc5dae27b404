using System.CommandLine;

namespace Dispatcher.Tool.Commands.Running;

/// <summary>The option <c>--yes</c>.</summary>
internal static class YesOption
{
    /// <summary>Creates the option.</summary>
    /// <returns>The option.</returns>
    public static Option<bool> Create() => new("--yes", "-y") { Description = "Do not ask before changes are made." };
}
