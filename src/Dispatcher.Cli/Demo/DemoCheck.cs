using Dispatcher.Cli.Samples;

namespace Dispatcher.Cli.Demo;

/// <summary>A check that compares what remains with what has to remain, item by item.</summary>
internal static class DemoCheck
{
    /// <summary>Finds what differs from the state before any run.</summary>
    /// <param name="items">What was put on the server.</param>
    /// <param name="found">What it holds.</param>
    /// <returns>One sentence per difference.</returns>
    public static IReadOnlyList<string> FindChanges(IReadOnlyList<DemoItem> items, DemoSnapshot found) =>
        [.. items.SelectMany(item => Compare(item, found, item.Kind with
        {
            SessionFate = DemoFate.Kept, ObjectFate = DemoFate.Kept, UploadFate = DemoFate.Kept,
        }))];

    /// <summary>Finds what differs from what a run has to leave.</summary>
    /// <param name="items">What was put on the server.</param>
    /// <param name="found">What it holds.</param>
    /// <returns>One sentence per difference.</returns>
    public static IReadOnlyList<string> FindMistakes(IReadOnlyList<DemoItem> items, DemoSnapshot found) =>
        [.. items.SelectMany(item => Compare(item, found, item.Kind))];

    private static IEnumerable<string> Compare(DemoItem item, DemoSnapshot found, DemoKind expected)
    {
        var what = $"{item.Kind.Name} {item.Id}";
        if (expected.Session is { } session)
        {
            var status = found.Sessions.GetValueOrDefault($"{item.Id}");
            var wanted = expected.SessionFate switch
            {
                DemoFate.Removed => null,
                DemoFate.MarkedPartial => "partial",
                _ => session.Status,
            };
            if (status != wanted)
            {
                yield return $"{what}: the session must be {Format(wanted)}, but is {Format(status)}.";
            }
        }

        if (expected.ObjectKey is not null && Compare(found.Objects.Contains(item.Key), expected.ObjectFate) is { } wrongObject)
        {
            yield return $"{what}: the object {item.Key} {wrongObject}.";
        }

        if (expected.UploadParts is not null && Compare(found.Uploads.Contains(item.UploadId), expected.UploadFate) is { } wrongUpload)
        {
            yield return $"{what}: the multipart upload of {item.Key} {wrongUpload}.";
        }
    }

    private static string? Compare(bool isThere, DemoFate fate) => (isThere, fate) switch
    {
        (true, DemoFate.Removed) => "must be gone, but is there",
        (false, not DemoFate.Removed) => "must be there, but is gone",
        _ => null,
    };

    private static string Format(string? status) => status is null ? "gone" : $"'{status}'";
}
