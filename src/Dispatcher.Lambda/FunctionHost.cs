using System.Text.Json;
using Amazon.Lambda.RuntimeSupport;

namespace Dispatcher.Lambda;

/// <summary>Functions that serve Lambda's invocations in the executable model.</summary>
public static class FunctionHost
{
    /// <summary>Creates the function and serves invocations, one after the other, until the process ends.</summary>
    /// <param name="create">
    /// Creates the function. It is called during Lambda's initialization, so that an invalid configuration is reported with its message and
    /// not as a process that has ended.
    /// </param>
    /// <returns>A task that ends when there are no more invocations.</returns>
    public static async Task RunAsync(Func<LambdaEntryPoint> create)
    {
        ArgumentNullException.ThrowIfNull(create);

        LambdaEntryPoint? function = null;
        using var bootstrap = LambdaBootstrapBuilder
            .Create<JsonElement>((payload, context) => function!.HandleAsync(payload, context), new AnswerSerializer())
            .UseBootstrapHandler(() =>
            {
                function = create();
                return Task.FromResult(true);
            })
            .Build();
        await bootstrap.RunAsync();
    }
}
