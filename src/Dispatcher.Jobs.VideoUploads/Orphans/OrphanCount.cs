namespace Dispatcher.Jobs.VideoUploads.Orphans;

/// <summary>A count of the objects of uploads.</summary>
/// <param name="Objects">How many there are.</param>
/// <param name="Orphans">How many of them are old and have no session.</param>
/// <param name="Selected">How many of those the rules of the run select.</param>
/// <param name="Bytes">The size of the selected ones, in bytes.</param>
internal sealed record OrphanCount(long Objects, long Orphans, long Selected, long Bytes);
