namespace Dispatcher.Hosting;

/// <summary>Extensions of <see cref="RunRecord"/> for hosts.</summary>
public static class RunRecordExtensions
{
    /// <summary>Throws if the run failed, for hosts that report a failure by an exception, as AWS Lambda does.</summary>
    /// <param name="record">The record of a run.</param>
    /// <returns>The record.</returns>
    /// <exception cref="JobFailedException">The run failed.</exception>
    public static RunRecord EnsureSucceeded(this RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Status == JobStatus.Failed ? throw new JobFailedException(record) : record;
    }
}
