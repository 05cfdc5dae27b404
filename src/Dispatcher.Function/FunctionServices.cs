using Dispatcher.Lambda;
using Dispatcher.Registration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Function;

/// <summary>Puts the function together.</summary>
public static class FunctionServices
{
    /// <summary>Makes everything that an invocation needs; clients of outside services only when a job asks for them.</summary>
    /// <param name="configure">Registers first, so that its services take the place of the standard ones.</param>
    /// <returns>The services.</returns>
    public static ServiceProvider Build(Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection();
        configure?.Invoke(services);
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder()
                .SetBasePath(AppContext.BaseDirectory)
                .AddJsonFile("appsettings.json", optional: true)
                .AddEnvironmentVariables()
                .Build());
        services.AddLogging();
        services.AddMaintenanceDispatcher().UseStandardMiddleware().AddMaintenanceJobs().AddLambdaHost();
        return services.BuildServiceProvider();
    }
}
