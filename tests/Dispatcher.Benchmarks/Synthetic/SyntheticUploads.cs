using System.Collections.Concurrent;
using System.Globalization;

namespace Dispatcher.Benchmarks.Synthetic;

/// <summary>
/// Uploads that are computed from their numbers, so that a million of them take no memory: an object each, in the order of their keys. Of
/// what is deleted, one bit is kept.
/// </summary>
/// <param name="count">How many there are.</param>
/// <param name="expired">
/// Whether each has a session that has expired. Otherwise every other one has a session, of a finished upload, and as many sessions have no
/// object.
/// </param>
internal sealed class SyntheticUploads(int count, bool expired)
{
    private const int KeysOfDay = 500;

    private readonly long[] _deletedObjects = new long[(count / 64) + 1];
    private readonly long[] _deletedSessions = new long[(count / 64) + 1];
    private readonly string _ttl =
        DateTimeOffset.UtcNow.AddDays(expired ? -1 : 1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public int Count => count;

    public long RemainingSessions => count - _deletedSessions.Sum(static bits => long.PopCount(bits));

    /// <summary>Gets the claims of sessions: run and time.</summary>
    public ConcurrentDictionary<int, (string Run, string At)> Claims { get; } = [];

    public static string KeyOf(int number) => $"uploads/{DayOf(number):yyyy-MM-dd}/{IdOf(number)}.mp4";

    public static string IdOf(int number) => $"{number:x8}-0000-4000-8000-000000000000";

    public static int NumberOf(string id) => int.Parse(id.AsSpan(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static int NumberOfKey(string key) => NumberOf(key[(key.LastIndexOf('/') + 1)..]);

    /// <summary>Returns the number of the session with this index.</summary>
    public int SessionAt(int index) => expired ? index : index * 2;

    public bool HasSession(int number) =>
        (expired || number % 2 == 0) && (expired ? number : number / 2) < count && !IsSet(_deletedSessions, expired ? number : number / 2);

    public bool HasObject(int number) => number < count && !IsSet(_deletedObjects, number);

    public void DeleteObject(int number) => Set(_deletedObjects, number);

    public void DeleteSession(int number)
    {
        Set(_deletedSessions, number);
        Claims.TryRemove(number, out _);
    }

    /// <summary>Writes a session as DynamoDB does.</summary>
    public string Session(int number)
    {
        var claim = Claims.TryGetValue(number, out var claimed)
            ? $$$""","cleanupClaim":{"S":"{{{claimed.Run}}}"},"cleanupClaimedAt":{"N":"{{{claimed.At}}}"}"""
            : string.Empty;
        return $$$"""
            {"uploadSessionId":{"S":"{{{IdOf(number)}}}"},"uploadType":{"S":"single"},"key":{"S":"{{{KeyOf(number)}}}"},
            "status":{"S":"{{{(expired ? "created" : "uploaded")}}}"},"ttl":{"N":"{{{_ttl}}}"}{{{claim}}}}
            """;
    }

    private static DateTime DayOf(int number) => new DateTime(2019, 1, 1).AddDays(number / KeysOfDay % 2_500);

    private static bool IsSet(long[] bits, int number) => (Volatile.Read(ref bits[number / 64]) & (1L << (number % 64))) != 0;

    private static void Set(long[] bits, int number) => Interlocked.Or(ref bits[number / 64], 1L << (number % 64));
}
