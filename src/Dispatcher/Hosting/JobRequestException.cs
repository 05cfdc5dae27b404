namespace Dispatcher.Hosting;

/// <summary>Says that a payload cannot be run, with every problem that it has. Nothing has run.</summary>
public sealed class JobRequestException : PermanentJobException
{
    private const int MaxProblems = 20;

    /// <summary>Creates the exception.</summary>
    /// <param name="problems">Every problem: what is wrong, with the value, then what to do. At least one.</param>
    public JobRequestException(IReadOnlyList<string> problems)
        : base(problems)
    {
        Problems = problems;
    }

    /// <summary>Gets every problem of the payload.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>
    /// Says whether enough problems have been found. A payload of megabytes may have a hundred thousand: nobody reads them, and a message
    /// of that size is a problem itself.
    /// </summary>
    internal static bool IsEnough(ICollection<string> problems)
    {
        if (problems.Count < MaxProblems)
        {
            return false;
        }

        if (problems.Count == MaxProblems)
        {
            problems.Add("Only the first 20 problems are shown. Fix these and try again.");
        }

        return true;
    }

    internal static void ThrowIfAny(IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new JobRequestException(problems);
        }
    }
}
