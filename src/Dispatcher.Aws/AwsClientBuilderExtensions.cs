using Amazon.Runtime;
using Dispatcher.Registration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatcher.Aws;

/// <summary>Registers AWS clients.</summary>
public static class AwsClientBuilderExtensions
{
    /// <summary>
    /// Adds a client that is made when a job first asks for it, and kept. A client registered before takes its place.
    /// </summary>
    /// <typeparam name="TService">The client's interface, for example <c>IAmazonS3</c>.</typeparam>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="create">Makes the client.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddAwsClient<TService>(this IDispatcherBuilder builder, Func<TService> create)
        where TService : class, IAmazonService
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);

        builder.Services.TryAddSingleton(_ => create());
        return builder;
    }
}
