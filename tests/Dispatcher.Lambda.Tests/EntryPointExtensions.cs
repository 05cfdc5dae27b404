using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Dispatcher.Lambda.Tests;

/// <summary>Invokes the entry point of the services with text and bytes.</summary>
internal static class EntryPointExtensions
{
    public static Task<JsonElement> InvokeAsync(this IServiceProvider services, string payload) =>
        services.InvokeAsync(Encoding.UTF8.GetBytes(payload));

    public static async Task<JsonElement> InvokeAsync(this IServiceProvider services, byte[] payload)
    {
        using var stream = new MemoryStream(payload);
        return await services.GetRequiredService<LambdaEntryPoint>().HandleAsync(stream, Mock.Of<ILambdaContext>());
    }
}
