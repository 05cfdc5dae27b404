using System.Text;
using System.Xml.Linq;

namespace Dispatcher.Benchmarks.Synthetic;

/// <summary>What the cleanup asks of S3.</summary>
internal sealed class SyntheticS3(SyntheticUploads uploads)
{
    public const string ETag = "\"0123456789abcdef\"";
    private const int PageSize = 1_000;

    public static readonly DateTimeOffset LastModified = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public SyntheticAnswer Answer(string method, string path, IReadOnlyDictionary<string, string> query, Stream body) => method switch
    {
        "GET" when query.ContainsKey("list-type") => List(query),
        "GET" when query.ContainsKey("versioning") => SyntheticAnswer.Xml("<VersioningConfiguration/>"),
        "GET" when query.ContainsKey("uploads") =>
            SyntheticAnswer.Xml("<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>"),
        "HEAD" => new SyntheticAnswer(uploads.HasObject(SyntheticUploads.NumberOfKey(path)) ? 200 : 404, "video/mp4", string.Empty),
        "POST" when query.ContainsKey("delete") => Delete(body),
        _ => throw new NotSupportedException($"{method} {path} is not computed."),
    };

    private SyntheticAnswer List(IReadOnlyDictionary<string, string> query)
    {
        var after = query.GetValueOrDefault("continuation-token") ?? query.GetValueOrDefault("start-after");
        var number = after is null ? 0 : After(after);
        var size = query.TryGetValue("max-keys", out var asked) ? Math.Min(int.Parse(asked), PageSize) : PageSize;
        var found = 0;
        var last = string.Empty;
        var page = new StringBuilder("<ListBucketResult><Name>uploads</Name>");
        for (; number < uploads.Count && found < size; number++)
        {
            if (!uploads.HasObject(number))
            {
                continue;
            }

            found++;
            last = SyntheticUploads.KeyOf(number);
            page.Append("<Contents><Key>").Append(last)
                .Append("</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>&quot;0123456789abcdef&quot;</ETag>")
                .Append("<Size>1000</Size><StorageClass>STANDARD</StorageClass></Contents>");
        }

        var isTruncated = number < uploads.Count;
        page.Append("<KeyCount>").Append(found).Append("</KeyCount><IsTruncated>").Append(isTruncated ? "true" : "false")
            .Append("</IsTruncated>");
        if (isTruncated)
        {
            page.Append("<NextContinuationToken>").Append(last).Append("</NextContinuationToken>");
        }

        return SyntheticAnswer.Xml(page.Append("</ListBucketResult>").ToString());
    }

    /// <summary>Returns the number of the first key that follows a text, which need not be a key.</summary>
    private int After(string text)
    {
        var (low, high) = (0, uploads.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(SyntheticUploads.KeyOf(middle), text) <= 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private SyntheticAnswer Delete(Stream body)
    {
        var answer = new StringBuilder("<DeleteResult>");
        var keys = XDocument.Load(body).Descendants().Where(static item => item.Name.LocalName == "Key");
        foreach (var key in keys.Select(static key => key.Value))
        {
            uploads.DeleteObject(SyntheticUploads.NumberOfKey(key));
            answer.Append("<Deleted><Key>").Append(key).Append("</Key></Deleted>");
        }

        return SyntheticAnswer.Xml(answer.Append("</DeleteResult>").ToString());
    }
}
