using System.Text;
using Dispatcher.Testing.Aws.Fakes;
using Dispatcher.Testing.Aws.Fakes.DynamoDb;
using Dispatcher.Testing.Aws.Fakes.S3;

namespace Dispatcher.Races.Tests.World;

/// <summary>A bucket and a table with uploads of every kind.</summary>
internal sealed class CleanupWorld
{
    public const string FinishedTag = "finished";
    private const string QuarantineTag = "maintenance-delete-after";

    /// <summary>Not a whole millisecond, which is what a timer counts.</summary>
    private static readonly DateTimeOffset Start = new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero).AddMicroseconds(400);

    private readonly Random _ids;

    /// <summary>Creates an empty world.</summary>
    /// <param name="seed">Decides the sessions' ids, and with them the order in which a Scan finds them.</param>
    /// <param name="clock">The clock; one that nobody waits for if it is left out.</param>
    public CleanupWorld(int seed, TimeProvider? clock = null)
    {
        _ids = new Random(seed);
        Clock = clock ?? new PauselessTimeProvider(Start);
        Aws = new FakeAws(Clock);
        Bucket = Aws.S3.CreateBucket("uploads");
        Table = Aws.DynamoDb.CreateTable("sessions", "uploadSessionId");
    }

    public static DateTimeOffset Beginning => Start;

    public TimeProvider Clock { get; }

    public FakeAws Aws { get; }

    public FakeBucket Bucket { get; }

    public FakeTable Table { get; }

    private DateTimeOffset Now => Clock.GetUtcNow();

    public static ReadOnlyMemory<byte> BytesOf(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Makes a world with one upload of each kind.</summary>
    public static CleanupWorld WithEveryKind(int seed = 1, TimeProvider? clock = null)
    {
        var world = new CleanupWorld(seed, clock);
        foreach (var kind in Enum.GetValues<UploadKind>())
        {
            world.Add(kind);
        }

        return world;
    }

    /// <summary>Adds an upload.</summary>
    public Upload Add(UploadKind kind, string day = "2026-11-01")
    {
        var bytes = new byte[16];
        _ids.NextBytes(bytes);
        var id = new Guid(bytes).ToString();
        var key = $"uploads/{day}/{id}.mp4";
        return new Upload(kind, id, key, AddContent(kind, id, key));
    }

    /// <summary>Writes down everything except for times that a run gives, to compare how two worlds have ended.</summary>
    public IReadOnlyList<string> Describe() =>
    [
        .. Table.Items.Select(static item => $"session {string.Join(' ', item.Names.Select(name => Describe(name, item[name])))}"),
        .. Bucket.Objects.Select(static item =>
            $"object {item.Key} {item.ETag} {string.Join(' ', item.Tags.Select(static tag => Describe(tag.Key, tag.Value)))}"),
        .. Bucket.Uploads.Select(static upload => $"upload {upload.Key} {upload.UploadId} {upload.Parts.Count}"),
    ];

    private static string Describe(string name, string? value) =>
        name == QuarantineTag || name.StartsWith("cleanup", StringComparison.Ordinal) ? name : $"{name}={value}";

    private string? AddContent(UploadKind kind, string id, string key)
    {
        switch (kind)
        {
            case UploadKind.Uploaded or UploadKind.Processed:
                PutObject(key);
                PutSession(id, key, kind == UploadKind.Uploaded ? "uploaded" : "processed", TimeSpan.FromDays(-2));
                return null;
            case UploadKind.UploadedForGood:
                PutObject(key);
                PutSession(id, key, "uploaded", null);
                return null;
            case UploadKind.Fresh:
                PutObject(key);
                PutSession(id, key, "created", TimeSpan.FromHours(2));
                return null;
            case UploadKind.ExpiredWithObject:
                PutObject(key);
                PutSession(id, key, "created", TimeSpan.FromDays(-2));
                return null;
            case UploadKind.ExpiredWithoutObject:
                PutSession(id, key, "created", TimeSpan.FromDays(-2));
                return null;
            case UploadKind.Orphan:
                PutObject(key);
                return null;
            case UploadKind.FinishedOrphan:
                PutObject(key, KeyValuePair.Create(FinishedTag, "yes"));
                return null;
            case UploadKind.YoungOrphan:
                Bucket.Put(key, BytesOf(key), Now - TimeSpan.FromHours(1));
                return null;
            case UploadKind.Stray:
                return Begin(key, parts: 1);
            default:
                return AddMultipart(kind, id, key);
        }
    }

    private string AddMultipart(UploadKind kind, string id, string key)
    {
        var uploadId = kind is UploadKind.MultipartGone or UploadKind.MultipartCompleted
            ? "upload-gone"
            : Begin(key, parts: kind is UploadKind.MultipartWithParts or UploadKind.PartialInReview or UploadKind.PartialOver ? 1 : 0);
        if (kind == UploadKind.MultipartCompleted)
        {
            PutObject(key);
        }

        if (kind is UploadKind.PartialInReview or UploadKind.PartialOver)
        {
            var since = Now - TimeSpan.FromDays(kind == UploadKind.PartialOver ? 30 : 1);
            Table.Put(
                ("uploadSessionId", id), ("uploadType", "multipart"), ("key", key), ("status", "partial"), ("s3UploadId", uploadId),
                ("cleanupMarkedAt", since.ToUnixTimeSeconds()));
        }
        else
        {
            PutSession(id, key, "created", kind == UploadKind.MultipartFresh ? TimeSpan.FromHours(2) : TimeSpan.FromDays(-2), uploadId);
        }

        return uploadId;
    }

    private string Begin(string key, int parts) =>
        Bucket.Begin(key, Now - TimeSpan.FromDays(3), [.. Enumerable.Range(0, parts).Select(_ => BytesOf(key))]).UploadId;

    private void PutObject(string key, params KeyValuePair<string, string>[] tags) =>
        Bucket.Put(key, BytesOf(key), Now - TimeSpan.FromDays(3), tags);

    private void PutSession(string id, string key, string status, TimeSpan? expiresIn, string? uploadId = null) => Table.Put(
        ("uploadSessionId", id),
        ("uploadType", uploadId is null ? "single" : "multipart"),
        ("key", key),
        ("status", status),
        ("ttl", expiresIn is { } time ? (Now + time).ToUnixTimeSeconds() : null),
        ("s3UploadId", uploadId));
}
