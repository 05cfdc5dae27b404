using System.Globalization;
using System.Text;

namespace Dispatcher.Testing.Aws.Fakes.S3;

/// <summary>A page of ListObjectsV2. Keys with a common prefix up to a delimiter are one entry.</summary>
internal sealed class ObjectListing(FakeBucket bucket, S3Request request)
{
    private const int MaxKeys = 1_000;

    private string Prefix => request.Query("prefix") ?? string.Empty;

    public HttpResponseMessage Answer(int pageSize)
    {
        request.Allow(
            ["list-type", "prefix", "max-keys", "continuation-token", "start-after", "delimiter", "encoding-type", "fetch-owner"], []);
        var asked = request.Query("max-keys") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : MaxKeys;
        var size = Math.Min(Math.Min(asked, MaxKeys), pageSize);
        (string Entry, FakeObject? Item)[] found = [.. Entries().Take(size + 1)];
        var isTruncated = found.Length > size;
        (string Entry, FakeObject? Item)[] page = [.. found.Take(size)];
        return S3Response.Xml(
            "ListBucketResult",
            S3Response.Element("Name", bucket.Name),
            S3Response.Element("Prefix", Encode(Prefix)),
            request.Query("delimiter") is { } delimiter ? S3Response.Element("Delimiter", Encode(delimiter)) : null,
            request.Query("encoding-type") is { } encoding ? S3Response.Element("EncodingType", encoding) : null,
            S3Response.Element("KeyCount", page.Length),
            S3Response.Element("MaxKeys", asked),
            S3Response.Element("IsTruncated", isTruncated),
            isTruncated && size > 0
                ? S3Response.Element("NextContinuationToken", Convert.ToBase64String(Encoding.UTF8.GetBytes(page[^1].Entry)))
                : null,
            page.Where(static entry => entry.Item is not null).Select(entry => S3Response.Element(
                "Contents",
                S3Response.Element("Key", Encode(entry.Entry)),
                S3Response.Element("LastModified", S3Response.Time(entry.Item!.LastModified)),
                S3Response.Element("ETag", entry.Item.ETag),
                S3Response.Element("Size", entry.Item.Content.Length),
                S3Response.Element("StorageClass", "STANDARD"))),
            page.Where(static entry => entry.Item is null).Select(entry => S3Response.Element(
                "CommonPrefixes", S3Response.Element("Prefix", Encode(entry.Entry)))));
    }

    /// <summary>Lists the entries after the one that the request names.</summary>
    private IEnumerable<(string Entry, FakeObject? Item)> Entries()
    {
        var after = request.Query("continuation-token") is { } token
            ? Encoding.UTF8.GetString(Convert.FromBase64String(token))
            : request.Query("start-after") ?? string.Empty;
        string? last = null;
        foreach (var (key, item) in bucket.ObjectsByKey)
        {
            if (!key.StartsWith(Prefix, StringComparison.Ordinal) || string.CompareOrdinal(key, after) <= 0)
            {
                continue;
            }

            if (CommonPrefixOf(key) is not { } common)
            {
                yield return (key, item);
            }
            else if (common != last && common != after)
            {
                yield return (last = common, null);
            }
        }
    }

    private string? CommonPrefixOf(string key)
    {
        if (request.Query("delimiter") is not { Length: > 0 } delimiter)
        {
            return null;
        }

        var end = key.IndexOf(delimiter, Prefix.Length, StringComparison.Ordinal);
        return end < 0 ? null : key[..(end + delimiter.Length)];
    }

    private string Encode(string text) =>
        request.Query("encoding-type") == "url" ? Uri.EscapeDataString(text).Replace("%2F", "/", StringComparison.Ordinal) : text;
}
