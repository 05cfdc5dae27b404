using Amazon.Runtime;

namespace Dispatcher.Aws;

/// <summary>A request that a protected client is about to send.</summary>
/// <param name="Service">The service as policies name it, for example <c>s3</c> or <c>cloudwatch</c>.</param>
/// <param name="Operation">The operation as the SDK names it, for example <c>ListObjectsV2</c>.</param>
/// <param name="Request">The request, as it was passed to the client.</param>
public sealed record AwsRequest(string Service, string Operation, AmazonWebServiceRequest Request);
