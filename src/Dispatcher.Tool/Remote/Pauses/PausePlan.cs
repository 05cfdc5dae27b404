using System.Globalization;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Remote.Pauses;

/// <summary>The changes that pause or resume a job. Both leave alone what someone else has disabled, and can be repeated.</summary>
internal static class PausePlan
{
    /// <summary>Plans a pause.</summary>
    /// <param name="triggers">The rules and schedules of the job.</param>
    /// <param name="by">Who pauses it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">The current time.</param>
    /// <returns>A change for each trigger.</returns>
    /// <exception cref="BadInputException">The reason is too long for the description of a trigger; nothing has been changed.</exception>
    public static IReadOnlyList<TriggerChange> Pause(
        IEnumerable<StackTrigger> triggers, string by, string reason, DateTimeOffset now) => [.. triggers.Select(trigger =>
        {
            if (!trigger.Switch.IsEnabled)
            {
                return new TriggerChange(trigger, trigger.Switch.Pause is { } before
                    ? $"paused already, since {Format(before.Since)} by {before.By}: {before.Reason}"
                    : "disabled already, and not by 'pause': left alone");
            }

            // Someone has enabled a paused trigger by hand: its old mark goes.
            _ = PauseMark.Read(trigger.Switch.Description, out var description);
            var marked = new PauseMark(now, by, trigger.Switch.State, reason).Mark(description);
            return marked.Length <= PauseMark.MaxDescription
                ? new TriggerChange(trigger, "paused", TriggerSwitch.Disabled, marked)
                : throw new BadInputException(
                    $"The reason is too long: it is kept in the description of {trigger.Resource}, which may have "
                    + $"{PauseMark.MaxDescription} characters and would have {marked.Length}. Shorten the reason by "
                    + $"{marked.Length - PauseMark.MaxDescription}.");
        })];

    /// <summary>Plans the end of a pause.</summary>
    /// <param name="triggers">The rules and schedules of the job.</param>
    /// <returns>A change for each trigger.</returns>
    public static IReadOnlyList<TriggerChange> Resume(IEnumerable<StackTrigger> triggers) => [.. triggers.Select(trigger =>
    {
        var mark = PauseMark.Read(trigger.Switch.Description, out var description);
        return (mark, trigger.Switch.IsEnabled) switch
        {
            ({ } pause, false) => new TriggerChange(
                trigger, $"resumed; paused since {Format(pause.Since)} by {pause.By}: {pause.Reason}", pause.State, description),
            ({ }, true) => new TriggerChange(
                trigger, "enabled already, and not by 'resume': its description is restored", trigger.Switch.State, description),
            (null, false) => new TriggerChange(trigger, "disabled, and not by 'pause': left alone"),
            (null, true) => new TriggerChange(trigger, "enabled already"),
        };
    })];

    private static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
