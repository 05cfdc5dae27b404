using Amazon.DynamoDBv2.Model;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>A conditional write to one session.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="Item">The write.</param>
/// <param name="IsMade">
/// Determines from the session as it is now, or <see langword="null"/> if it is gone, whether this very write was made: for a write whose
/// answer was lost.
/// </param>
internal sealed record ConditionalWrite(string Id, TransactWriteItem Item, Func<UploadSession?, bool> IsMade);
