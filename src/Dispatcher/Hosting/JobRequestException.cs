namespace Dispatcher.Hosting;

/// <summary>The exception for a payload that cannot be run, with every problem of the payload. Nothing has run.</summary>
public sealed class JobRequestException : PermanentJobException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problems">Every problem: what is wrong, with the value, then what to do. At least one.</param>
    public JobRequestException(IReadOnlyList<string> problems)
        : base(problems)
    {
        Problems = problems;
    }

    /// <summary>Gets every problem of the payload.</summary>
    public IReadOnlyList<string> Problems { get; }
}
