using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Races.Tests.World;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Tag = Amazon.S3.Model.Tag;

namespace Dispatcher.Races.Tests.Clients;

/// <summary>
/// The calls of the application whose uploads these are. It either knows the cleanup's claims and respects them, or nothing.
/// </summary>
internal sealed class ClientApi : IDisposable
{
    private const string Condition = "#status = :created AND attribute_not_exists(#claim)";

    private readonly AmazonS3Client _s3;
    private readonly AmazonDynamoDBClient _dynamoDb;
    private readonly bool _isConditional;

    public ClientApi(CleanupWorld world, bool isConditional)
    {
        Caller = new FakeCaller("client");
        _s3 = world.Aws.CreateS3(Caller);
        _dynamoDb = world.Aws.CreateDynamoDb(Caller);
        _isConditional = isConditional;
    }

    public FakeCaller Caller { get; }

    public Task PutObjectAsync(string key, string content) =>
        _s3.PutObjectAsync(new PutObjectRequest { BucketName = "uploads", Key = key, ContentBody = content });

    public async Task PutPartAsync(string key, string uploadId)
    {
        using var body = new MemoryStream(CleanupWorld.BytesOf(key).ToArray());
        await _s3.UploadPartAsync(new UploadPartRequest
        {
            BucketName = "uploads", Key = key, UploadId = uploadId, PartNumber = 1, InputStream = body,
        });
    }

    public async Task CompleteAsync(string key, string uploadId)
    {
        var parts = await _s3.ListPartsAsync("uploads", key, uploadId);
        await _s3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
        {
            BucketName = "uploads",
            Key = key,
            UploadId = uploadId,
            PartETags = [.. parts.Parts.Select(static part => new PartETag(part.PartNumber!.Value, part.ETag))],
        });
    }

    public Task AbortAsync(string key, string uploadId) => _s3.AbortMultipartUploadAsync("uploads", key, uploadId);

    public Task DeleteSessionAsync(string id) => _dynamoDb.DeleteItemAsync("sessions", KeyOf(id));

    public Task DeleteObjectAsync(string key) => _s3.DeleteObjectAsync("uploads", key);

    /// <summary>Adds a tag to those that there are, which S3 does with two calls.</summary>
    public async Task AddTagAsync(string key, string tag)
    {
        var present = await _s3.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = "uploads", Key = key });
        await WriteTagsAsync(key, [.. (present.Tagging ?? []).Where(other => other.Key != tag), new Tag { Key = tag, Value = "yes" }]);
    }

    /// <summary>Replaces all tags by one, as an application does that knows only its own.</summary>
    public Task ReplaceTagsAsync(string key, string tag) => WriteTagsAsync(key, [new Tag { Key = tag, Value = "yes" }]);

    public Task CreateSessionAsync(Upload upload, string status) =>
        _dynamoDb.PutItemAsync("sessions", new Dictionary<string, AttributeValue>
    {
        ["uploadSessionId"] = new() { S = upload.Id },
        ["uploadType"] = new() { S = "single" },
        ["key"] = new() { S = upload.Key },
        ["status"] = new() { S = status },
    });

    public Task FinishAsync(string id) => UpdateAsync(id, "status", new AttributeValue { S = "uploaded" });

    public Task RenewAsync(string id, DateTimeOffset until) =>
        UpdateAsync(id, "ttl", new AttributeValue { N = until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) });

    public void Dispose()
    {
        _s3.Dispose();
        _dynamoDb.Dispose();
    }

    private static Dictionary<string, AttributeValue> KeyOf(string id) => new() { ["uploadSessionId"] = new() { S = id } };

    private Task<UpdateItemResponse> UpdateAsync(string id, string attribute, AttributeValue value)
    {
        var request = new UpdateItemRequest
        {
            TableName = "sessions",
            Key = KeyOf(id),
            UpdateExpression = "SET #attribute = :value",
            ExpressionAttributeNames = new() { ["#attribute"] = attribute },
            ExpressionAttributeValues = new() { [":value"] = value },
        };
        if (_isConditional)
        {
            request.ConditionExpression = Condition;
            request.ExpressionAttributeNames["#status"] = "status";
            request.ExpressionAttributeNames["#claim"] = "cleanupClaim";
            request.ExpressionAttributeValues[":created"] = new AttributeValue { S = "created" };
        }

        return _dynamoDb.UpdateItemAsync(request);
    }

    private Task<PutObjectTaggingResponse> WriteTagsAsync(string key, List<Tag> tags) =>
        _s3.PutObjectTaggingAsync(
            new PutObjectTaggingRequest { BucketName = "uploads", Key = key, Tagging = new Tagging { TagSet = tags } });
}
