namespace Dispatcher.Cli.Samples;

/// <summary>
/// The kinds of things on the demo's server: 2,000 sessions and 3,000 objects, of every kind that the cleanup has a rule for.
/// </summary>
internal static class DemoKinds
{
    /// <summary>The tag that finished uploads bear, so that an object is safe without its session.</summary>
    public const string FinishedTag = "upload-finished";

    private static readonly TimeSpan Later = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan HoursAgo = TimeSpan.FromHours(-5);
    private static readonly TimeSpan WeeksAgo = TimeSpan.FromDays(-30);

    /// <summary>Gets an expired upload with its object, which the cleanup removes.</summary>
    public static DemoKind Expired => All.Single(static kind => kind.Name == "expired, object incomplete");

    /// <summary>Gets all kinds.</summary>
    public static IReadOnlyList<DemoKind> All { get; } =
    [
        new("finished video (uploaded)", 640) { Session = new("uploaded", HoursAgo), ObjectKey = VideoKey },
        new("finished video (processed)", 300) { Session = new("processed", HoursAgo), ObjectKey = VideoKey },
        new("finished video, session gone by TTL", 900) { ObjectKey = VideoKey, IsTaggedFinished = true },
        new("upload just completed", 100) { Session = new("created", Later), ObjectKey = VideoKey },
        new("upload not begun yet", 70) { Session = new("created", Later) },
        new("multipart upload under way", 40) { Session = new("created", Later) { IsMultipart = true }, UploadParts = 1 },
        new("expired, object incomplete", 260)
        {
            Session = new("created", HoursAgo), ObjectKey = VideoKey, SessionFate = DemoFate.Removed, ObjectFate = DemoFate.Removed,
        },
        new("expired, never begun", 200) { Session = new("created", HoursAgo), SessionFate = DemoFate.Removed },
        new("expired multipart without parts", 120)
        {
            Session = new(
                "created", HoursAgo) { IsMultipart = true }, UploadParts = 0, SessionFate = DemoFate.Removed, UploadFate = DemoFate.Removed,
        },
        new("expired multipart with parts", 60)
        {
            Session = new("created", HoursAgo) { IsMultipart = true }, UploadParts = 1, SessionFate = DemoFate.MarkedPartial,
        },
        new("expired multipart, complete in S3", 40)
        {
            Session = new("created", HoursAgo) { IsMultipart = true }, ObjectKey = VideoKey, SessionFate = DemoFate.MarkedPartial,
        },
        new("expired multipart, upload gone", 40)
        {
            Session = new("created", HoursAgo) { IsMultipart = true }, SessionFate = DemoFate.Removed,
        },
        new("partial, in review", 40) { Session = new("partial", HoursAgo) { IsMultipart = true }, UploadParts = 1 },
        new("partial, review over", 60)
        {
            Session = new(
                "partial", WeeksAgo) { IsMultipart = true }, UploadParts = 1, SessionFate = DemoFate.Removed, UploadFate = DemoFate.Removed,
        },
        new("broken session: no key", 10) { Session = new("created", HoursAgo) { HasKey = false } },
        new("broken session: no ttl", 10) { Session = new("created", null) },
        new("broken session: unknown status", 10) { Session = new("uploadinng", HoursAgo) },
        new("orphan: no session, no tag", 560) { ObjectKey = VideoKey, ObjectFate = DemoFate.Removed },
        new("stray multipart upload", 40) { UploadParts = 1, UploadFate = DemoFate.Removed },
        new("thumbnail", 150) { ObjectKey = static id => $"uploads/2026-11-01/thumbnails/{id}.jpg" },
        new("key without an extension", 48) { ObjectKey = static id => $"uploads/2026-11-01/{id}" },
        new("README.txt", 1) { ObjectKey = static _ => "uploads/README.txt" },
        new("folder marker", 1) { ObjectKey = static _ => "uploads/" },
    ];

    /// <summary>Makes the key that the application gives a video.</summary>
    /// <param name="id">The upload's id.</param>
    /// <returns>The key.</returns>
    public static string VideoKey(Guid id) => $"uploads/2026-09-{(id.ToByteArray()[0] % 20) + 1:00}/{id}.mp4";
}
