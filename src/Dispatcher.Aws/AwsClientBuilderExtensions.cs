using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SecurityToken;
using Dispatcher.Aws.Roles;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatcher.Aws;

/// <summary>Extensions that register AWS clients.</summary>
public static class AwsClientBuilderExtensions
{
    /// <summary>
    /// The key under which a client of STS can be registered that assumes the roles of jobs. Without one, a client with the function's
    /// credentials is created.
    /// </summary>
    public const string RolesClientKey = "Dispatcher.Aws.Roles";

    /// <summary>
    /// Adds a client that is created when a job first requests it, and then kept. A client that is already registered is used instead. In
    /// both cases the client refuses changes in a dry run, and its errors are classified (<see cref="AwsFailureRule"/>). A client that is
    /// created here logs which service has not answered for five seconds, and ends a call after <see cref="AwsCallTimeout"/> without an
    /// answer. If the host has a <see cref="FirstAnswerLimit"/>, that applies until the service has answered once. If jobs have roles
    /// (<c>JOB_ROLE_…</c>), it signs a call of a job with the credentials of the job's role, unless the client was created with
    /// credentials.
    /// </summary>
    /// <remarks>
    /// Not protected: a client registered after this call, one registered under a key, one that a job creates itself, and a fake that is
    /// not an <see cref="AmazonServiceClient"/>. Call <see cref="AwsClientGuard.Protect{TClient}"/> on such a client.
    /// </remarks>
    /// <typeparam name="TService">The client's interface, for example <c>IAmazonS3</c>.</typeparam>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="create">Creates the client.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddAwsClient<TService>(this IDispatcherBuilder builder, Func<TService> create)
        where TService : class, IAmazonService
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);

        var services = builder.Services;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IFailureRule, AwsFailureRule>());
        services.AddRoles();

        var registered = services.LastOrDefault(service => service.ServiceType == typeof(TService) && !service.IsKeyedService);
        if (registered is null)
        {
            services.AddSingleton(provider => Prepare(Create(create), provider));
        }
        else if (registered.ImplementationInstance is TService instance)
        {
            AwsClientGuard.Protect(instance);
        }
        else
        {
            services[services.IndexOf(registered)] = Protected<TService>(registered);
        }

        return builder;
    }

    private static ServiceDescriptor Protected<TService>(ServiceDescriptor registered)
        where TService : class
    {
        var create = registered.ImplementationFactory;
        if (create is null && registered.ImplementationType is { } type)
        {
            create = ActivatorUtilities.CreateFactory(type, []).Invoke;
        }

        return new ServiceDescriptor(
            typeof(TService), services => Prepare((TService)create!(services), services), registered.Lifetime);
    }

    private static TService Create<TService>(Func<TService> create)
        where TService : IAmazonService
    {
        TService client;
        try
        {
            client = create();
        }
        catch (Exception exception) when (exception is AmazonClientException or ArgumentException or UriFormatException)
        {
            AwsSettings.Check(typeof(TService));
            throw;
        }

        AwsSettings.Check(typeof(TService), client.Config);
        return client;
    }

    private static TService Prepare<TService>(TService client, IServiceProvider services)
        where TService : class
    {
        LimitWaits(client, services);
        UseRoles(client, services.GetRequiredService<JobRoles>());
        return AwsClientGuard.Protect(client);
    }

    private static void LimitWaits(object client, IServiceProvider services) => AwsWaits.Attach(
        client,
        services.GetService<AwsCallTimeout>() ?? AwsCallTimeout.Read(services.GetService<IConfiguration>()),
        services.GetService<TimeProvider>() ?? TimeProvider.System,
        services.GetService<ILoggerFactory>()?.CreateLogger("Dispatcher.Aws") ?? NullLogger.Instance,
        services.GetService<FirstAnswerLimit>());

    internal static void AddRoles(this IServiceCollection services)
    {
        services.TryAddSingleton(CreateRoles);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<ISnapshotState, JobRoles>(static provider => provider.GetRequiredService<JobRoles>()));
    }

    private static JobRoles CreateRoles(IServiceProvider services) => new(
        services.GetService<IConfiguration>(),
        new Lazy<IAmazonSecurityTokenService>(() =>
        {
            var client = services.GetKeyedService<IAmazonSecurityTokenService>(RolesClientKey)
                ?? Create<IAmazonSecurityTokenService>(static () => new AmazonSecurityTokenServiceClient());
            LimitWaits(client, services);
            return client;
        }));

    private static void UseRoles(object client, JobRoles roles)
    {
        if (roles.AreConfigured
            && client is AmazonServiceClient { Config: ClientConfig { DefaultAWSCredentials: null or JobCredentials } config } service)
        {
            var credentials = new JobCredentials(roles, config);
            config.DefaultAWSCredentials = credentials;
            AwsPipeline.Of(service).AddHandlerAfter<ErrorCallbackHandler>(new JobCredentialsHandler(credentials));
        }
    }

    private static object Invoke(this ObjectFactory factory, IServiceProvider services) => factory(services, []);
}
