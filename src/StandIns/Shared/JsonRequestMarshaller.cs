#nullable enable
using System.Buffers;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;
using Amazon.Util;

namespace Amazon.StandIns;

/// <summary>Writes a request as AWS JSON.</summary>
internal sealed class JsonRequestMarshaller(
    JsonProtocol protocol, string operation, bool compress) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, protocol.ServiceName) { HttpMethod = "POST", ResourcePath = "/" };
        request.Headers["X-Amz-Target"] = $"{protocol.TargetPrefix}.{operation}";
        request.Headers["Content-Type"] = $"application/x-amz-json-{protocol.JsonVersion}";
        request.Headers[HeaderKeys.XAmzApiVersion] = protocol.ApiVersion;
        if (protocol.QueryCompatible)
        {
            request.Headers["x-amzn-query-mode"] = "true";
        }

        if (compress)
        {
            CompressionAlgorithmUtils.SetCompressionAlgorithm(request, CompressionEncodingAlgorithm.gzip);
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            ((IJsonRequest)input).Write(writer);
            writer.WriteEndObject();
        }

        request.Content = buffer.WrittenSpan.ToArray();
        return request;
    }
}
