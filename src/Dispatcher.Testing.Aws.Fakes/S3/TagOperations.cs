using System.Net;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Dispatcher.Testing.Aws.Fakes.Http;

namespace Dispatcher.Testing.Aws.Fakes.S3;

/// <summary>What S3 does with the tags of objects. They are always written as a whole; S3 has no condition for it.</summary>
internal sealed class TagOperations(FakeWorld world, FakeBucket bucket, S3Request request, FakeCall call)
{
    private const int MaxTags = 10;

    public static IReadOnlyList<KeyValuePair<string, string>> ReadHeader(string? header) =>
        [.. (header ?? string.Empty).Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(static tag => tag.Split('=', 2))
            .Select(static tag => KeyValuePair.Create(
                Uri.UnescapeDataString(tag[0]), tag.Length == 2 ? Uri.UnescapeDataString(tag[1]) : string.Empty))];

    public HttpResponseMessage Get()
    {
        request.Allow(["tagging"], []);
        return S3Response.Xml("Tagging", S3Response.Element("TagSet", Find().Tags.Select(static tag => S3Response.Element(
            "Tag", S3Response.Element("Key", tag.Key), S3Response.Element("Value", tag.Value)))));
    }

    public HttpResponseMessage Put()
    {
        request.Allow(["tagging"], []);
        KeyValuePair<string, string>[] tags = [.. request.ReadXml().Descendants()
            .Where(static element => element.Name.LocalName == "Tag")
            .Select(static tag => KeyValuePair.Create(S3Response.Child(tag, "Key")!, S3Response.Child(tag, "Value") ?? string.Empty))];
        if (tags.Length > MaxTags)
        {
            throw new FakeServiceException(HttpStatusCode.BadRequest, "BadRequest", "Object tags cannot be greater than 10");
        }

        if (tags.DistinctBy(static tag => tag.Key).Count() < tags.Length)
        {
            throw new FakeServiceException(HttpStatusCode.BadRequest, "InvalidTag", "Cannot provide multiple Tags with the same key");
        }

        if (tags.Any(static tag => !IsAllowed(tag.Key, 128) || !IsAllowed(tag.Value, 256)))
        {
            throw new FakeServiceException(HttpStatusCode.BadRequest, "InvalidTag", "The TagKey or TagValue you have provided is invalid");
        }

        Write(tags);
        return S3Response.Empty(HttpStatusCode.OK);
    }

    public HttpResponseMessage Delete()
    {
        request.Allow(["tagging"], []);
        Write([]);
        return S3Response.Empty(HttpStatusCode.NoContent);
    }

    private static bool IsAllowed(string text, int length) =>
        text.Length <= length
            && text.All(static letter => char.IsLetterOrDigit(letter) || " _.:/=+-@".Contains(letter, StringComparison.Ordinal));

    private void Write(IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        var before = Find();
        if (!before.Tags.SequenceEqual(tags))
        {
            var after = bucket.ObjectsByKey[request.Key] = before with { Tags = tags };
            world.Note(call, request.Operation, request.Target, $"{before} -> {after}");
        }
    }

    private FakeObject Find() =>
        bucket.ObjectsByKey.GetValueOrDefault(request.Key)
        ?? throw new FakeServiceException(HttpStatusCode.NotFound, "NoSuchKey", "The specified key does not exist.");
}
