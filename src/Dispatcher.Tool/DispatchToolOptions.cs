using System.CommandLine;
using Dispatcher.Tool.Local;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool;

/// <summary>Options for the tool: what it offers beyond the commands that work over any jobs.</summary>
internal sealed class DispatchToolOptions
{
    /// <summary>Gets the functions that create additional commands.</summary>
    public IList<Func<CliTerminal, Command>> Commands { get; } = [];

    /// <summary>Gets or sets what <c>local up --sample</c> puts into the local servers.</summary>
    /// <value>The default value is <see langword="null"/>: there is no option <c>--sample</c>.</value>
    public LocalSample? Sample { get; set; }
}
