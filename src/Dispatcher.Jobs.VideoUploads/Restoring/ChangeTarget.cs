namespace Dispatcher.Jobs.VideoUploads.Restoring;

/// <summary>The target of a change, split: <c>s3://bucket/key</c>, <c>dynamodb://table/id</c>.</summary>
/// <param name="Container">The bucket, or the name or ARN of the table.</param>
/// <param name="Name">The key of the object, or the id of the session.</param>
internal readonly record struct ChangeTarget(string Container, string Name)
{
    private const string S3 = "s3://";
    private const string DynamoDb = "dynamodb://";
    private const string TableArn = ":table/";

    /// <summary>Splits a target.</summary>
    /// <returns>Its parts; <see langword="null"/> if it is not a target of this job.</returns>
    public static ChangeTarget? Read(string target)
    {
        var scheme = target.StartsWith(S3, StringComparison.Ordinal) ? S3
            : target.StartsWith(DynamoDb, StringComparison.Ordinal) ? DynamoDb
            : null;
        if (scheme is null)
        {
            return null;
        }

        var rest = target[scheme.Length..];
        var arn = rest.StartsWith("arn:", StringComparison.Ordinal) ? rest.IndexOf(TableArn, StringComparison.Ordinal) : -1;
        var slash = rest.IndexOf('/', arn < 0 ? 0 : arn + TableArn.Length);
        return slash <= 0 ? null : new ChangeTarget(rest[..slash], rest[(slash + 1)..]);
    }
}
