namespace Dispatcher.Ui.Schedules;

/// <summary>A day of the calendar.</summary>
/// <param name="Begin">Its beginning in the zone of the pages.</param>
/// <param name="Entries">What starts at a time of its own, in order.</param>
/// <param name="Frequent">What starts so often that its times are not listed.</param>
internal sealed record CalendarDay(
    DateTimeOffset Begin, IReadOnlyList<CalendarEntry> Entries, IReadOnlyList<FrequentEntry> Frequent);
