using System.Globalization;
using System.Text.RegularExpressions;

namespace Dispatcher.Jobs.VideoUploads.Restoring;

/// <summary>An object as the evidence of a change has it.</summary>
/// <param name="ETag">Its ETag, without quotation marks.</param>
/// <param name="LastModified">When it was written, in full seconds.</param>
internal sealed partial record SeenObject(string ETag, DateTimeOffset LastModified)
{
    /// <summary>Reads the evidence of a change.</summary>
    /// <returns>The object; <see langword="null"/> if the evidence has none.</returns>
    public static SeenObject? Read(string? evidence) =>
        Pattern().Match(evidence ?? string.Empty) is { Success: true } match
        && DateTimeOffset.TryParse(
            match.Groups["time"].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new SeenObject(match.Groups["etag"].Value, time)
            : null;

    /// <summary>Determines whether an object is this one: the same bytes, written at the same time.</summary>
    public bool Is(string? etag, DateTime? lastModified) =>
        etag?.Trim('"') == ETag
        && lastModified is { } time
        && new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeSeconds() == LastModified.ToUnixTimeSeconds();

    [GeneratedRegex(@"^etag=(?<etag>\S+) size=[0-9]+ lastModified=(?<time>\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
