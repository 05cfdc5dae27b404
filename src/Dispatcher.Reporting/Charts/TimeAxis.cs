using Dispatcher.Reporting.Figures;

namespace Dispatcher.Reporting.Charts;

/// <summary>The horizontal axis shared by the charts of a page: the position and the label of each step.</summary>
/// <param name="timeline">The steps.</param>
/// <param name="first">The first one to show.</param>
internal sealed class TimeAxis(Timeline timeline, int first)
{
    /// <summary>How wide a step is, in the units of a drawing. Drawings are stretched, so only ratios count.</summary>
    public const int StepWidth = 10;

    private const int MaxLabels = 6;
    private const int DaysPerWeek = 7;

    private static readonly int[] RoundHours = [1, 2, 3, 6, 12, 24];

    /// <summary>Gets the steps to show.</summary>
    public IEnumerable<int> Steps => Enumerable.Range(first, Count);

    /// <summary>Gets how many steps there are to show.</summary>
    public int Count => timeline.Count - first;

    /// <summary>Gets how wide a drawing is.</summary>
    public int Width => Count * StepWidth;

    /// <summary>Gets the name for one step: hour, day or week.</summary>
    public string Unit => timeline.Unit switch
    {
        TimelineUnit.Hour => "hour",
        TimelineUnit.Day => "day",
        _ => "week",
    };

    /// <summary>Names a step.</summary>
    /// <param name="step">The step.</param>
    /// <returns>Its date.</returns>
    public string Name(int step) => timeline.Name(step);

    /// <summary>Gets the position of a step.</summary>
    /// <param name="step">The step.</param>
    /// <returns>The distance from the left.</returns>
    public int X(int step) => (step - first) * StepWidth;

    /// <summary>Chooses what to write below the axis.</summary>
    /// <returns>The labels, with the position of each one's middle in per cent of the width.</returns>
    public IEnumerable<(double Place, string Label)> Labels()
    {
        var every = Math.Max(1, (Count + MaxLabels - 1) / MaxLabels);
        foreach (var step in Steps.Where(step => IsLabelled(step, every)))
        {
            yield return ((step - first + 0.5) / Count * 100, Label(step));
        }
    }

    private bool IsLabelled(int step, int every) => timeline.Unit switch
    {
        TimelineUnit.Hour => timeline.StartOf(step).Hour % RoundHours.FirstOrDefault(hours => hours >= every, 24) == 0,
        TimelineUnit.Day when every > 1 => IsMonday(step) && WeekOf(step) % ((every + DaysPerWeek - 1) / DaysPerWeek) == 0,
        _ => (step - first) % every == 0,
    };

    private bool IsMonday(int step) => timeline.StartOf(step).DayOfWeek == DayOfWeek.Monday;

    private int WeekOf(int step) => (int)(timeline.StartOf(step).Date - DateTime.UnixEpoch).TotalDays / DaysPerWeek;

    private string Label(int step)
    {
        var start = timeline.StartOf(step);
        return timeline.Unit switch
        {
            TimelineUnit.Hour when start.Hour != 0 => timeline.Format(start, "HH:mm"),
            TimelineUnit.Week when Count > 26 => timeline.Format(start, "MMM yyyy"),
            _ => timeline.Format(start, "d MMM"),
        };
    }
}
