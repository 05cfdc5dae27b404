using Dispatcher.Tool;

namespace Dispatcher.Ui;

/// <summary>Extensions of the options for the tool.</summary>
public static class DispatchToolOptionsExtensions
{
    /// <summary>Adds the command <c>ui</c>, which serves jobs, runs, schedules and plans as pages on this machine.</summary>
    /// <param name="options">The options.</param>
    /// <returns>The options.</returns>
    public static DispatchToolOptions AddUi(this DispatchToolOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Commands.Add(static tool => UiCommand.Summary.Create(tool, UiCommand.Create));
        return options;
    }
}
