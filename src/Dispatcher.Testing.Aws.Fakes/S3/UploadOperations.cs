using System.Globalization;
using System.Net;
using System.Xml.Linq;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Dispatcher.Testing.Aws.Fakes.Http;

namespace Dispatcher.Testing.Aws.Fakes.S3;

/// <summary>What S3 does with multipart uploads.</summary>
internal sealed class UploadOperations(FakeWorld world, FakeBucket bucket, S3Request request, FakeCall call)
{
    private const int MaxEntries = 1_000;

    /// <summary>The least size of all parts but the last.</summary>
    private const int MinPartSize = 5 * 1024 * 1024;

    public HttpResponseMessage List(int pageSize)
    {
        request.Allow(["uploads", "prefix", "max-uploads", "key-marker", "upload-id-marker"], []);
        var prefix = request.Query("prefix") ?? string.Empty;
        var size = SizeOfPage("max-uploads", pageSize);
        FakeUpload[] rest = [.. bucket.UploadsInOrder.Where(upload => upload.Key.StartsWith(prefix, StringComparison.Ordinal))];
        rest = After(rest, request.Query("key-marker"), request.Query("upload-id-marker"));
        FakeUpload[] page = [.. rest.Take(size)];
        var isTruncated = rest.Length > size;
        return S3Response.Xml(
            "ListMultipartUploadsResult",
            S3Response.Element("Bucket", bucket.Name),
            isTruncated ? S3Response.Element("NextKeyMarker", page[^1].Key) : null,
            isTruncated ? S3Response.Element("NextUploadIdMarker", page[^1].UploadId) : null,
            S3Response.Element("MaxUploads", size),
            S3Response.Element("IsTruncated", isTruncated),
            page.Select(static upload => S3Response.Element(
                "Upload",
                S3Response.Element("Key", upload.Key),
                S3Response.Element("UploadId", upload.UploadId),
                S3Response.Element("Initiated", S3Response.Time(upload.Initiated)))));
    }

    public HttpResponseMessage ListParts(int pageSize)
    {
        request.Allow(["uploadId", "max-parts", "part-number-marker"], []);
        var upload = Find();
        var after = request.Query("part-number-marker") is { } marker ? int.Parse(marker, CultureInfo.InvariantCulture) : 0;
        var size = SizeOfPage("max-parts", pageSize);
        KeyValuePair<int, ReadOnlyMemory<byte>>[] rest = [.. upload.Parts.Where(part => part.Key > after).OrderBy(static part => part.Key)];
        KeyValuePair<int, ReadOnlyMemory<byte>>[] page = [.. rest.Take(size)];
        return S3Response.Xml(
            "ListPartsResult",
            S3Response.Element("Bucket", bucket.Name),
            S3Response.Element("Key", upload.Key),
            S3Response.Element("UploadId", upload.UploadId),
            page.Length > 0 ? S3Response.Element("NextPartNumberMarker", page[^1].Key) : null,
            S3Response.Element("MaxParts", size),
            S3Response.Element("IsTruncated", rest.Length > size),
            page.Select(part => S3Response.Element(
                "Part",
                S3Response.Element("PartNumber", part.Key),
                S3Response.Element("LastModified", S3Response.Time(upload.Initiated)),
                S3Response.Element("ETag", FakeBucket.ETagOf(part.Value.Span)),
                S3Response.Element("Size", part.Value.Length))));
    }

    public HttpResponseMessage Create()
    {
        request.Allow(["uploads"], []);
        var upload = bucket.Open(request.Key, null, new Dictionary<int, ReadOnlyMemory<byte>>());
        world.Note(call, request.Operation, request.Target, upload.UploadId);
        return S3Response.Xml(
            "InitiateMultipartUploadResult",
            S3Response.Element("Bucket", bucket.Name),
            S3Response.Element("Key", request.Key),
            S3Response.Element("UploadId", upload.UploadId));
    }

    public HttpResponseMessage PutPart()
    {
        request.Allow(["partNumber", "uploadId"], []);
        var upload = Find();
        var number = int.Parse(request.Query("partNumber")!, CultureInfo.InvariantCulture);
        Replace(upload, upload with { Parts = new Dictionary<int, ReadOnlyMemory<byte>>(upload.Parts) { [number] = request.Body } });
        world.Note(call, request.Operation, request.Target, $"{upload.UploadId} part {number}");
        var response = S3Response.Empty(HttpStatusCode.OK);
        response.Headers.TryAddWithoutValidation("ETag", FakeBucket.ETagOf(request.Body));
        return response;
    }

    public HttpResponseMessage Complete()
    {
        request.Allow(["uploadId"], []);
        var upload = Find();
        XElement[] elements = [.. S3Response.Children(request.ReadXml(), "Part")];
        List<ReadOnlyMemory<byte>> parts = [.. elements.Select(element => Read(element, upload))];
        int[] numbers = [.. elements.Select(NumberOf)];
        if (numbers.Zip(numbers.Skip(1)).Any(static pair => pair.First >= pair.Second))
        {
            throw new FakeServiceException(
                HttpStatusCode.BadRequest,
                "InvalidPartOrder",
                "The list of parts was not in ascending order. Parts must be ordered by part number.");
        }

        if (parts.Count == 0)
        {
            throw new FakeServiceException(
                HttpStatusCode.BadRequest,
                "MalformedXML",
                "The XML you provided was not well-formed or did not validate against our published schema");
        }

        if (parts.SkipLast(1).Any(static part => part.Length < MinPartSize))
        {
            throw new FakeServiceException(
                HttpStatusCode.BadRequest, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
        }

        var content = parts.SelectMany(static part => part.ToArray()).ToArray();
        bucket.UploadsById.Remove(upload);

        // The time of an object of parts is that of the upload's beginning.
        var item = bucket.Store(request.Key, content, FakeBucket.ETagOf(parts), upload.Initiated, []);
        world.Note(call, request.Operation, request.Target, $"{upload.UploadId} -> {item}");
        return S3Response.Xml(
            "CompleteMultipartUploadResult",
            S3Response.Element("Bucket", bucket.Name),
            S3Response.Element("Key", request.Key),
            S3Response.Element("ETag", item.ETag));
    }

    public HttpResponseMessage Abort()
    {
        request.Allow(["uploadId"], []);
        var upload = Find();
        bucket.UploadsById.Remove(upload);
        world.Note(call, request.Operation, request.Target, $"{upload.UploadId}, {upload.Parts.Count} parts");
        return S3Response.Empty(HttpStatusCode.NoContent);
    }

    private static FakeUpload[] After(FakeUpload[] uploads, string? key, string? uploadId)
    {
        if (string.IsNullOrEmpty(key))
        {
            return uploads;
        }

        // Those of the marker's key follow only when its upload is named too; that upload may be gone by now, and ids rise with time here.
        return [.. uploads.Where(upload =>
            string.CompareOrdinal(upload.Key, key) > 0
            || (upload.Key == key && !string.IsNullOrEmpty(uploadId) && string.CompareOrdinal(upload.UploadId, uploadId) > 0))];
    }

    private static int NumberOf(XElement part) => int.Parse(S3Response.Child(part, "PartNumber")!, CultureInfo.InvariantCulture);

    private static ReadOnlyMemory<byte> Read(XElement element, FakeUpload upload) =>
        upload.Parts.TryGetValue(NumberOf(element), out var part)
            && FakeBucket.ETagOf(part.Span).Trim('"') == S3Response.Child(element, "ETag")?.Trim('"')
            ? part
            : throw new FakeServiceException(
                HttpStatusCode.BadRequest,
                "InvalidPart",
                "One or more of the specified parts could not be found.  The part might not have been uploaded, "
                + "or the specified entity tag might not have matched the part's entity tag.");

    private int SizeOfPage(string parameter, int pageSize)
    {
        var asked = request.Query(parameter) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : MaxEntries;
        return Math.Min(Math.Min(asked, MaxEntries), pageSize);
    }

    private void Replace(FakeUpload upload, FakeUpload changed) => bucket.UploadsById[bucket.UploadsById.IndexOf(upload)] = changed;

    private FakeUpload Find() =>
        bucket.UploadsById.Find(upload => upload.UploadId == request.Query("uploadId") && upload.Key == request.Key)
        ?? throw new FakeServiceException(
            HttpStatusCode.NotFound,
            "NoSuchUpload",
            "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.");
}
