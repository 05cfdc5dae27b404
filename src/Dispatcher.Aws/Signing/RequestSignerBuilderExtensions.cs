using Amazon.Runtime;
using Dispatcher.Aws.Roles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatcher.Aws.Signing;

/// <summary>Extension methods that register the signer of requests.</summary>
public static class RequestSignerBuilderExtensions
{
    /// <summary>
    /// Adds an <see cref="AwsRequestSigner"/>. <see cref="AWSCredentials"/> that are registered as a service are used instead of those of
    /// the function and the jobs' roles.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddAwsRequestSigner(this IDispatcherBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IFailureRule, AwsFailureRule>());
        builder.Services.AddRoles();
        builder.Services.TryAddSingleton(static services =>
            new AwsRequestSigner(services.GetRequiredService<JobRoles>(), services.GetService<AWSCredentials>()));
        return builder;
    }
}
