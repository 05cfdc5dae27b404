using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Generation;

/// <summary>The form of JSON in messages and files.</summary>
internal static class JsonNodeText
{
    public static readonly JsonSerializerOptions Readable = new() { Encoder = PrintableJsonEncoder.Instance, MaxDepth = 200 };
}
