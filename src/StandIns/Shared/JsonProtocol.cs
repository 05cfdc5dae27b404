#nullable enable
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.StandIns;

/// <summary>How a service speaks AWS JSON.</summary>
internal sealed record JsonProtocol
{
    /// <summary>Gets the service's name in the SDK, such as <c>Amazon.ECS</c>.</summary>
    public required string ServiceName { get; init; }

    /// <summary>Gets the version of the service's API, a date.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>Gets what stands before the operation in the header <c>X-Amz-Target</c>; nothing where the path names it.</summary>
    public string TargetPrefix { get; init; } = string.Empty;

    /// <summary>Gets the version of AWS JSON.</summary>
    public string JsonVersion { get; init; } = "1.0";

    /// <summary>Gets whether the service spoke AWS Query before, and is to name errors as it did then.</summary>
    public bool QueryCompatible { get; init; }

    /// <summary>Gets what makes the service's exception of an error; the code is the one of the JSON body.</summary>
    public required Func<string?, ErrorResponse, AmazonServiceException> Exception { get; init; }

    /// <summary>Replaces the handlers that each service brings itself.</summary>
    public static void Customize(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new RegionalEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4AuthResolver());
    }

    /// <summary>Describes one operation to the SDK's pipeline.</summary>
    public InvokeOptions Operation<TResponse>(string name, bool compress = false)
        where TResponse : AmazonWebServiceResponse, IJsonResponse, new() => new()
        {
            RequestMarshaller = new JsonRequestMarshaller(this, name, compress),
            ResponseUnmarshaller = new JsonResponseReader<TResponse>(this),
        };

    /// <summary>Describes one operation of a service that speaks REST with JSON.</summary>
    public InvokeOptions RestOperation<TResponse>()
        where TResponse : AmazonWebServiceResponse, IJsonResponse, new() => new()
        {
            RequestMarshaller = new RestRequestMarshaller(this),
            ResponseUnmarshaller = new JsonResponseReader<TResponse>(this),
        };
}
