using Amazon.DynamoDBv2.Model;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>A conditional write to one session.</summary>
/// <param name="id">The session's id.</param>
/// <param name="item">The write.</param>
/// <param name="isMade">
/// Determines from the session as it is now, or <see langword="null"/> if it is gone, whether this very write was made: for a write whose
/// answer was lost.
/// </param>
internal sealed class ConditionalWrite(string id, TransactWriteItem item, Func<UploadSession?, bool> isMade)
{
    /// <summary>Gets what taking the write back needs, for the audit trail.</summary>
    public string? Undo { get; init; }

    public string Id => id;

    public TransactWriteItem Item => item;

    /// <summary>Gets or sets the outcome; <see langword="null"/> as long as the write is to be tried.</summary>
    public ChangeOutcome? Outcome { get; set; }

    /// <summary>Gets or sets a value indicating whether the write may have been made by a request whose answer was lost.</summary>
    public bool IsDoubtful { get; set; }

    public bool IsMade(UploadSession? current) => isMade(current);
}
