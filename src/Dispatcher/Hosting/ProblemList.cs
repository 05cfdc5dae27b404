using System.Collections.ObjectModel;

namespace Dispatcher.Hosting;

/// <summary>
/// The problems of a payload, at most 20 and a note that there are more: a payload of megabytes may have a hundred thousand, and a message of
/// that size would be a problem itself.
/// </summary>
public sealed class ProblemList : Collection<string>
{
    private const int MaxProblems = 20;

    /// <summary>Gets a value indicating whether enough problems were found, so that no more are looked for.</summary>
    public bool IsFull => Count >= MaxProblems;

    /// <summary>Throws if there is any problem.</summary>
    /// <exception cref="JobRequestException">There is a problem; the message lists all of them.</exception>
    public void ThrowIfAny()
    {
        if (Count > 0)
        {
            throw new JobRequestException([.. this]);
        }
    }

    /// <inheritdoc />
    protected override void InsertItem(int index, string item)
    {
        if (Count < MaxProblems)
        {
            base.InsertItem(index, item);
        }
        else if (Count == MaxProblems)
        {
            base.InsertItem(Count, $"Only the first {MaxProblems} problems are shown. Fix these and try again.");
        }
    }
}
