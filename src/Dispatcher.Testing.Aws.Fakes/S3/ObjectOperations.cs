using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Dispatcher.Testing.Aws.Fakes.Http;

namespace Dispatcher.Testing.Aws.Fakes.S3;

/// <summary>What S3 does with objects.</summary>
internal sealed class ObjectOperations(FakeAws world, FakeBucket bucket, S3Request request, FakeCall call)
{
    private const int MaxKeys = 1_000;

    public HttpResponseMessage List(int pageSize)
    {
        request.Allow(["list-type", "prefix", "max-keys", "continuation-token", "start-after"], []);
        var prefix = request.Query("prefix") ?? string.Empty;
        var after = request.Query("continuation-token") is { } token
            ? Encoding.UTF8.GetString(Convert.FromBase64String(token))
            : request.Query("start-after") ?? string.Empty;
        var asked = request.Query("max-keys") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : MaxKeys;
        var size = Math.Min(Math.Min(asked, MaxKeys), pageSize);
        FakeObject[] found = [.. bucket.ObjectsByKey.Values
            .Where(item => item.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(item.Key, after) > 0)
            .Take(size + 1)];
        var isTruncated = found.Length > size;
        FakeObject[] page = [.. found.Take(size)];
        return S3Response.Xml(
            "ListBucketResult",
            S3Response.Element("Name", bucket.Name),
            S3Response.Element("Prefix", prefix),
            S3Response.Element("KeyCount", page.Length),
            S3Response.Element("MaxKeys", asked),
            S3Response.Element("IsTruncated", isTruncated),
            isTruncated ? S3Response.Element("NextContinuationToken", Convert.ToBase64String(Encoding.UTF8.GetBytes(page[^1].Key))) : null,
            page.Select(static item => S3Response.Element(
                "Contents",
                S3Response.Element("Key", item.Key),
                S3Response.Element("LastModified", S3Response.Time(item.LastModified)),
                S3Response.Element("ETag", item.ETag),
                S3Response.Element("Size", item.Content.Length),
                S3Response.Element("StorageClass", "STANDARD"))));
    }

    public HttpResponseMessage Get(bool withContent)
    {
        request.Allow([], ["If-Match"]);
        var item = Find();
        if (request.Header("If-Match") is { } condition && condition != item.ETag)
        {
            throw PreconditionFailed();
        }

        var response =
            new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(withContent ? item.Content.ToArray() : []) };
        response.Content.Headers.ContentLength = item.Content.Length;
        response.Content.Headers.LastModified = item.LastModified;
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
        var item = bucket.Store(
            request.Key, request.Body, FakeBucket.ETagOf(request.Body), null, TagOperations.ReadHeader(request.Header("x-amz-tagging")));
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
        return S3Response.Xml("DeleteResult", items.Select(item => DeleteOne(item, isQuiet)));
    }

    private static FakeServiceException PreconditionFailed() => new(
        HttpStatusCode.PreconditionFailed, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");

    private static FakeServiceException NoSuchKey() => new(HttpStatusCode.NotFound, "NoSuchKey", "The specified key does not exist.");

    private XElement? DeleteOne(XElement item, bool isQuiet)
    {
        if (item.Elements().Select(static child => child.Name.LocalName).Except(["Key", "ETag"]).FirstOrDefault() is { } unknown)
        {
            throw new NotSupportedException($"DeleteObjects is not supported with {unknown}. Teach the fake what it means.");
        }

        var key = S3Response.Child(item, "Key")!;
        try
        {
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
