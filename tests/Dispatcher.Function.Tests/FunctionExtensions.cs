using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Moq;

namespace Dispatcher.Function.Tests;

/// <summary>Invokes the handler with text and bytes.</summary>
internal static class FunctionExtensions
{
    public static Task<JsonElement> InvokeAsync(this Function function, string payload) =>
        function.InvokeAsync(Encoding.UTF8.GetBytes(payload));

    public static async Task<JsonElement> InvokeAsync(this Function function, byte[] payload)
    {
        using var stream = new MemoryStream(payload);
        return await function.HandleAsync(stream, Mock.Of<ILambdaContext>());
    }
}
