using Amazon.Runtime;

namespace Dispatcher.Aws;

/// <summary>Functions that provide the names of services and operations, and determine which operations only read.</summary>
internal static class AwsOperation
{
    private static readonly string[] ReadPrefixes = ["Get", "List", "Head", "Describe", "Query", "Scan", "BatchGet"];

    /// <summary>
    /// Reads that are named otherwise. CreateSession is how S3 itself opens a directory bucket, before a read as well. PartiQL
    /// (ExecuteStatement and its batches) is not among them: its text determines whether it reads.
    /// </summary>
    private static readonly string[] OtherReads = ["TransactGetItems", "SelectObjectContent", "CreateSession"];

    public static bool IsRead(string operation) =>
        ReadPrefixes.Any(prefix => operation.StartsWith(prefix, StringComparison.Ordinal))
        || OtherReads.Contains(operation, StringComparer.Ordinal);

    /// <summary>Names an operation: <c>DeleteObjectRequest</c> is <c>DeleteObject</c>.</summary>
    public static string NameOf(AmazonWebServiceRequest request) => TrimEnd(request.GetType().Name, "Request");

    /// <summary>Names a client's service: <c>AmazonS3Client</c> is <c>S3</c>.</summary>
    public static string ServiceOf(object client) => Shorten(TrimEnd(TrimStart(client.GetType().Name, "Amazon"), "Client"));

    /// <summary>Names the service of an exception by its namespace: <c>Amazon.DynamoDBv2.Model</c> is <c>DynamoDB</c>.</summary>
    public static string ServiceOf(Exception exception) =>
        exception.GetType().Namespace?.Split('.') is ["Amazon", not "Runtime", ..] and [_, var service, ..]
            ? Shorten(TrimEnd(service, "v2"))
            : "AWS";

    /// <summary>Everybody, the console of AWS included, says STS.</summary>
    private static string Shorten(string service) => service is "SecurityTokenService" or "SecurityToken" ? "STS" : service;

    private static string TrimStart(string text, string start) =>
        text.StartsWith(start, StringComparison.Ordinal) ? text[start.Length..] : text;

    private static string TrimEnd(string text, string end) =>
        text.EndsWith(end, StringComparison.Ordinal) ? text[..^end.Length] : text;
}
