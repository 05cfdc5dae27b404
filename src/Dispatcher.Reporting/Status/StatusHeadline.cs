using Dispatcher.Text;

namespace Dispatcher.Reporting.Status;

/// <summary>The sentence about a whole board, and whether it is good news.</summary>
/// <param name="Mood">Whether it is good news.</param>
/// <param name="Verdict">The sentence.</param>
/// <param name="Detail">The number of jobs with each verdict: <c>1 failing, 4 well</c>.</param>
public sealed record StatusHeadline(StatusMood Mood, string Verdict, string Detail)
{
    /// <summary>Creates the headline of a board.</summary>
    /// <param name="board">The board.</param>
    /// <returns>The headline.</returns>
    public static StatusHeadline For(StatusBoard board)
    {
        ArgumentNullException.ThrowIfNull(board);
        var bad = board.NeedingPerson;
        var jobs = Quantity.Count(board.Jobs.Count, "job");
        var detail = string.Join(", ", board.Jobs.CountBy(static job => job.Verdict).OrderBy(static count => count.Key.Rank())
            .Select(static count => $"{count.Value} {count.Key.Name()}"));
        return bad.Count > 0
            ? new StatusHeadline(
                bad.Any(static job => job.Verdict is JobVerdict.Failing or JobVerdict.Overdue) ? StatusMood.Bad : StatusMood.Warning,
                bad.Count == board.Jobs.Count && bad.Count == 1 ? "The job needs a person." :
                    $"{bad.Count} of {jobs} {(bad.Count == 1 ? "needs" : "need")} a person.",
                detail)
            : board.IsGood
                ? new StatusHeadline(StatusMood.Good, board.Jobs.Count == 1 ? "The job is well." : "No job needs a person.", detail)
                : new StatusHeadline(
                    StatusMood.Neutral, board.Jobs.Count == 0 ? "No job is known." : "No job needs a person, and none is known to be well.",
                    detail);
    }
}
