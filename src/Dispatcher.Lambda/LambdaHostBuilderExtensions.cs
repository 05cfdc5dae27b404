using Dispatcher.Registration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatcher.Lambda;

/// <summary>Registers the Lambda host.</summary>
public static class LambdaHostBuilderExtensions
{
    /// <summary>
    /// Adds the entry point, and reports runs the way Lambda wants it: metrics and records as lines on raw standard output.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddLambdaHost(this IDispatcherBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.TryAddSingleton(_ => new LambdaOutput(Console.OpenStandardOutput()));
        builder.Services.TryAddSingleton<LambdaEntryPoint>();
        return builder;
    }
}
