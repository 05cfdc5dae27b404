using System.Text.Json;
using Amazon.Lambda.Core;

namespace Dispatcher.StandIns.Tests.RuntimeSupport;

/// <summary>Reads and writes numbers.</summary>
internal sealed class NumberSerializer : ILambdaSerializer
{
    public T Deserialize<T>(Stream requestStream) => (T)(object)JsonDocument.Parse(requestStream).RootElement.GetInt32();

    public void Serialize<T>(T response, Stream responseStream)
    {
        using var writer = new Utf8JsonWriter(responseStream);
        writer.WriteNumberValue((int)(object)response!);
    }
}
