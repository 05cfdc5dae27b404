using System.Xml.Linq;
using Dispatcher.Testing.Aws.Fakes.Http;

namespace Dispatcher.Testing.Aws.Fakes.S3;

/// <summary>A request to S3, with the bucket in its path.</summary>
internal sealed class S3Request
{
    /// <summary>What the SDK sends along and what changes no answer here.</summary>
    private static readonly string[] Harmless =
    [
        "x-amz-content-sha256", "x-amz-date", "x-amz-user-agent", "x-amz-api-version", "x-amz-sdk-checksum-algorithm",
        "x-amz-checksum-mode", "x-amz-checksum-algorithm", "x-amz-checksum-type", "x-amz-trailer", "x-amz-security-token",
        "x-amz-decoded-content-length",
    ];

    private readonly FakeRequest _request;

    public S3Request(FakeRequest request)
    {
        _request = request;
        var path = request.Path.TrimStart('/').Split('/', 2);
        Bucket = path[0];
        Key = path.Length == 2 ? Uri.UnescapeDataString(path[1]) : string.Empty;
        Operation = $"s3:{(Bucket.Length == 0 ? "ListBuckets" : Key.Length == 0 ? BucketOperation() : ObjectOperation()) ?? "Unknown"}";
    }

    public string Bucket { get; }

    public string Key { get; }

    public string Operation { get; }

    public string Target => Key.Length == 0 ? $"s3://{Bucket}" : $"s3://{Bucket}/{Key}";

    public byte[] Body => _request.Body;

    /// <summary>Reads a query parameter.</summary>
    public string? Query(string name) => _request.Query.GetValueOrDefault(name);

    /// <summary>Reads a header.</summary>
    public string? Header(string name) => _request.Headers.GetValueOrDefault(name);

    /// <summary>Selects the headers that S3 stores with an object.</summary>
    public Dictionary<string, string> StoredHeaders() => _request.Headers
        .Where(static pair => pair.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
            || pair.Key.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase))
        .ToDictionary(static pair => pair.Key, static pair => pair.Value, StringComparer.OrdinalIgnoreCase);

    public XElement ReadXml() => XElement.Load(new MemoryStream(Body));

    /// <summary>Fails when the request asks for more than the operation here does.</summary>
    public void Allow(string[] query, string[] headers)
    {
        var unknown = _request.Query.Keys.Except([.. query, "x-id"])
            .Concat(_request.Headers.Keys
                .Where(static name => name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)
                    || name.StartsWith("if-", StringComparison.OrdinalIgnoreCase)
                    || name.Equals("range", StringComparison.OrdinalIgnoreCase))
                .Where(static name => !name.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase)
                    && !name.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase))
                .Except([.. Harmless, .. headers], StringComparer.OrdinalIgnoreCase))
            .ToList();
        if (unknown.Count > 0)
        {
            throw new NotSupportedException(
                $"{Operation} is not supported with {string.Join(", ", unknown)}. Teach the fake what it means.");
        }
    }

    public NotSupportedException Unsupported() =>
        new($"{_request.Method} {_request.Path} {string.Join('&', _request.Query.Keys)} is not supported. Teach the fake what it means.");

    private string? BucketOperation() => _request.Method.Method switch
    {
        "GET" when _request.Query.ContainsKey("list-type") => "ListObjectsV2",
        "GET" when _request.Query.ContainsKey("uploads") => "ListMultipartUploads",
        "GET" when _request.Query.ContainsKey("versioning") => "GetBucketVersioning",
        "POST" when _request.Query.ContainsKey("delete") => "DeleteObjects",
        "GET" when _request.Query.ContainsKey("location") => "GetBucketLocation",
        "PUT" when _request.Query.Count == 0 => "CreateBucket",
        "HEAD" => "HeadBucket",
        "DELETE" when _request.Query.Count == 0 => "DeleteBucket",
        _ => null,
    };

    private string? ObjectOperation()
    {
        var method = _request.Method.Method;
        if (_request.Query.ContainsKey("tagging"))
        {
            return method switch { "GET" => "GetObjectTagging", "PUT" => "PutObjectTagging", "DELETE" => "DeleteObjectTagging", _ => null };
        }

        if (_request.Query.ContainsKey("uploads"))
        {
            return method == "POST" ? "CreateMultipartUpload" : null;
        }

        return _request.Query.ContainsKey("uploadId")
            ? method switch
            {
                "GET" =>
                    "ListParts", "PUT" => "UploadPart", "POST" => "CompleteMultipartUpload", "DELETE" => "AbortMultipartUpload", _ => null,
            }
            : method switch { "HEAD" => "HeadObject", "GET" => "GetObject", "PUT" => "PutObject", "DELETE" => "DeleteObject", _ => null };
    }
}
