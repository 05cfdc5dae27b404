using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatcher.Http.Secrets;

/// <summary>Extension methods that register the reader of secrets.</summary>
public static class SecretsBuilderExtensions
{
    /// <summary>Adds a <see cref="SecretReader"/> and the client that it uses.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddSecrets(this IDispatcherBuilder builder)
    {
        builder.AddGuardedHttpClient().Services.TryAddSingleton<SecretReader>();
        return builder;
    }
}
