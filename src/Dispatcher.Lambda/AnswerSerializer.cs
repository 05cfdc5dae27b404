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
    // The handlers of this library read their events themselves and answer with a JsonElement: they never need it.
    private SourceGeneratorLambdaJsonSerializer<FunctionJsonContext> Serializer => field ??= new();

    /// <inheritdoc />
    public T Deserialize<T>(Stream requestStream) => Serializer.Deserialize<T>(requestStream);

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
            Serializer.Serialize(response, responseStream);
        }
    }

    /// <summary>Writes an answer as one line.</summary>
    internal static byte[] Write(JsonElement answer) =>
        JsonLine.Create(answer, static (writer, element) => element.WriteTo(writer)).ToArray();
}
