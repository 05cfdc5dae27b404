namespace Dispatcher.Hosting;

/// <summary>A place that keeps audit trails, one file for each run that changed something.</summary>
public interface IAuditTrail
{
    /// <summary>Gets the place, for messages: <c>s3://bucket/audit/</c>.</summary>
    string Location { get; }

    /// <summary>Lists the files.</summary>
    /// <param name="query">Which files.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>The files, of the newest run first.</returns>
    IAsyncEnumerable<AuditFile> ListAsync(AuditQuery query, CancellationToken cancellationToken = default);
}
