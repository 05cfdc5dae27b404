using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Dispatcher.Testing.Aws.Fakes.Http;

namespace Dispatcher.Testing.Aws.Fakes.S3;

/// <summary>What S3 does with objects.</summary>
internal sealed class ObjectOperations(FakeWorld world, FakeBucket bucket, S3Request request, FakeCall call)
{
    private const int MaxKeys = 1_000;

    public HttpResponseMessage Get(bool withContent)
    {
        request.Allow([], ["If-Match", "Range"]);
        var item = Find();
        if (request.Header("If-Match") is { } condition && condition.Trim('"') != item.ETag.Trim('"'))
        {
            throw PreconditionFailed();
        }

        var range = request.Header("Range") is { } text ? ReadRange(text, item.Content.Length) : null;
        var content = range is { } part ? item.Content[part.First..(part.Last + 1)] : item.Content;
        var response = new HttpResponseMessage(range is null ? HttpStatusCode.OK : HttpStatusCode.PartialContent)
        {
            Content = new ByteArrayContent(withContent ? content.ToArray() : []),
        };
        response.Content.Headers.ContentLength = content.Length;
        response.Content.Headers.ContentRange =
            range is { } shown ? new ContentRangeHeaderValue(shown.First, shown.Last, item.Content.Length) : null;
        response.Content.Headers.LastModified = item.LastModified;
        response.Headers.Add("Accept-Ranges", "bytes");
        foreach (var (name, value) in item.Headers)
        {
            (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) ? (HttpHeaders)response.Headers : response.Content.Headers)
                .TryAddWithoutValidation(name, value);
        }

        response.Headers.TryAddWithoutValidation("ETag", item.ETag);
        if (item.Tags.Count > 0)
        {
            response.Headers.Add("x-amz-tagging-count", item.Tags.Count.ToString(CultureInfo.InvariantCulture));
        }

        return response;
    }

    public HttpResponseMessage Put()
    {
        request.Allow([], ["If-Match", "If-None-Match", "x-amz-tagging"]);
        CheckWrite();
        var tags = TagOperations.ReadHeader(request.Header("x-amz-tagging"));
        var item = bucket.Store(request.Key, request.Body, FakeBucket.ETagOf(request.Body), null, tags, request.StoredHeaders());
        world.Note(call, "s3:PutObject", request.Target, item.ToString());
        var response = S3Response.Empty(HttpStatusCode.OK);
        response.Headers.TryAddWithoutValidation("ETag", item.ETag);
        return response;
    }

    public HttpResponseMessage Delete()
    {
        request.Allow([], ["If-Match"]);
        Delete(request.Key, request.Header("If-Match"));
        return S3Response.Empty(HttpStatusCode.NoContent);
    }

    public HttpResponseMessage DeleteMany()
    {
        request.Allow(["delete"], []);
        var body = request.ReadXml();
        XElement[] items = [.. S3Response.Children(body, "Object")];
        if (items.Length is 0 or > MaxKeys)
        {
            throw new FakeServiceException(
                HttpStatusCode.BadRequest,
                "MalformedXML",
                "The XML you provided was not well-formed or did not validate against our published schema");
        }

        var isQuiet = S3Response.Child(body, "Quiet") == "true";
        return S3Response.Xml("DeleteResult", items.Select((item, index) => DeleteOne(item, index, isQuiet)));
    }

    private static FakeServiceException PreconditionFailed() => new(
        HttpStatusCode.PreconditionFailed, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");

    /// <summary>Reads a range such as <c>bytes=0-99</c>, <c>bytes=100-</c> or <c>bytes=-10</c>.</summary>
    private static (int First, int Last)? ReadRange(string text, int length)
    {
        var range = RangeHeaderValue.Parse(text).Ranges.Single();
        var first = range.From ?? Math.Max(0, length - range.To!.Value);
        var last = range.From is null ? length - 1 : Math.Min(range.To ?? length - 1, length - 1);
        return first > last
            ? throw new FakeServiceException(
                HttpStatusCode.RequestedRangeNotSatisfiable, "InvalidRange", "The requested range is not satisfiable")
            : ((int)first, (int)last);
    }

    private static FakeServiceException NoSuchKey() => new(HttpStatusCode.NotFound, "NoSuchKey", "The specified key does not exist.");

    private XElement? DeleteOne(XElement item, int index, bool isQuiet)
    {
        if (item.Elements().Select(static child => child.Name.LocalName).Except(["Key", "ETag"]).FirstOrDefault() is { } unknown)
        {
            throw new NotSupportedException($"DeleteObjects is not supported with {unknown}. Teach the fake what it means.");
        }

        var key = S3Response.Child(item, "Key")!;
        try
        {
            if (call.FailsEntry(key, index))
            {
                throw new FakeServiceException(HttpStatusCode.OK, "InternalError", "We encountered an internal error. Please try again.");
            }

            Delete(key, S3Response.Child(item, "ETag"));
            return isQuiet ? null : S3Response.Element("Deleted", S3Response.Element("Key", key));
        }
        catch (FakeServiceException exception)
        {
            return S3Response.Element(
                "Error",
                S3Response.Element("Key", key),
                S3Response.Element("Code", exception.Code),
                S3Response.Element("Message", exception.Message));
        }
    }

    /// <summary>Deletes an object. One that is not there is an error only on a condition.</summary>
    private void Delete(string key, string? condition)
    {
        var item = bucket.ObjectsByKey.GetValueOrDefault(key);
        if (condition is not null && item is null)
        {
            throw NoSuchKey();
        }

        if (condition is not (null or "*") && condition.Trim('"') != item!.ETag.Trim('"'))
        {
            throw PreconditionFailed();
        }

        if (bucket.ObjectsByKey.Remove(key))
        {
            world.Note(call, "s3:DeleteObject", $"s3://{bucket.Name}/{key}", item!.ToString());
        }
    }

    private FakeObject Find() => bucket.ObjectsByKey.GetValueOrDefault(request.Key) ?? throw NoSuchKey();

    private void CheckWrite()
    {
        var present = bucket.ObjectsByKey.GetValueOrDefault(request.Key);
        if (request.Header("If-None-Match") is { } absent && (absent != "*" || present is not null))
        {
            throw absent == "*" ? PreconditionFailed() : new NotSupportedException($"If-None-Match: {absent} is not supported, only *.");
        }

        if (request.Header("If-Match") is { } condition && condition.Trim('"') != (present ?? throw NoSuchKey()).ETag.Trim('"'))
        {
            throw PreconditionFailed();
        }
    }
}
