using System.Text.Json;
using Amazon.Lambda.Serialization.SystemTextJson;
using Dispatcher.Text;

namespace Dispatcher.Function;

/// <summary>
/// The serializer of the function's answer. Unlike its base it also escapes characters that would mislead a person who reads the answer. Events
/// are read by the entry point itself.
/// </summary>
public sealed class AnswerSerializer : SourceGeneratorLambdaJsonSerializer<FunctionJsonContext>
{
    /// <inheritdoc />
    protected override void InternalSerialize<T>(Utf8JsonWriter writer, T response)
    {
        ArgumentNullException.ThrowIfNull(writer);

        if (response is JsonElement answer)
        {
            writer.WriteRawValue(JsonLine.Create(answer, static (line, element) => element.WriteTo(line)).Span, skipInputValidation: true);
        }
        else
        {
            base.InternalSerialize(writer, response);
        }
    }
}
