using System.Text.RegularExpressions;

namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Objects;

/// <summary>Knows the keys that the application gives to uploads: <c>uploads/2026-11-01/{session id}.mp4</c>.</summary>
internal static partial class UploadKey
{
    /// <summary>Reads which session a key belongs to. A key of any other form is no upload's, and none of this job's business.</summary>
    public static bool TryReadSession(string key, out Guid session)
    {
        var match = Pattern().Match(key);
        session = match.Success ? Guid.ParseExact(match.Groups["session"].ValueSpan, "D") : Guid.Empty;
        return match.Success;
    }

    // Anchored by \z, because $ also matches before a final line feed. Lower case, as the ids in the table are compared byte by byte.
    [GeneratedRegex(@"^uploads/[0-9]{4}-[0-9]{2}-[0-9]{2}/(?<session>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\.[A-Za-z0-9]+\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
