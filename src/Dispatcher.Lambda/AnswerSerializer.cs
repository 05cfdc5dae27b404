using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Dispatcher.Text;

namespace Dispatcher.Lambda;

/// <summary>
/// The serializer of the function's answer: Lambda's own for source-generated contracts, which also escapes characters that could mislead a
/// reader of the answer. The entry point itself reads events.
/// </summary>
public sealed class AnswerSerializer : ILambdaSerializer
{
    private readonly SourceGeneratorLambdaJsonSerializer<FunctionJsonContext> _serializer = new();

    /// <inheritdoc />
    public T Deserialize<T>(Stream requestStream) => _serializer.Deserialize<T>(requestStream);

    /// <inheritdoc />
    public void Serialize<T>(T response, Stream responseStream)
    {
        ArgumentNullException.ThrowIfNull(responseStream);

        if (response is JsonElement answer)
        {
            responseStream.Write(Write(answer));
        }
        else
        {
            _serializer.Serialize(response, responseStream);
        }
    }

    /// <summary>Writes an answer as one line.</summary>
    internal static byte[] Write(JsonElement answer) =>
        JsonLine.Create(answer, static (writer, element) => element.WriteTo(writer)).ToArray();
}
