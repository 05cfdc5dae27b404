namespace Dispatcher.Hosting;

/// <summary>Extensions of <see cref="RunRecord"/> for hosts.</summary>
public static class RunRecordExtensions
{
    /// <summary>Throws if the run failed or was cancelled, for hosts that report a failure by an exception, as AWS Lambda does.</summary>
    /// <param name="record">The record of a run.</param>
    /// <returns>The record.</returns>
    /// <exception cref="JobFailedException">The run failed or was cancelled.</exception>
    public static RunRecord EnsureSucceeded(this RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Status is JobStatus.Failed or JobStatus.Cancelled ? throw new JobFailedException(record) : record;
    }
}
