namespace Dispatcher.Jobs.VideoUploads;

/// <summary>The parts of an upload's key.</summary>
/// <param name="Session">The id of the session that the key belongs to.</param>
/// <param name="Date">The date in the key, if the pattern has a group for one.</param>
internal readonly record struct UploadKey(string Session, DateOnly? Date);
