using Dispatcher.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatcher.Sqlite;

/// <summary>Extensions that register the run store in an SQLite file.</summary>
public static class RunFileBuilderExtensions
{
    /// <summary>
    /// Keeps every run in a file, whatever its outcome, and takes leases there. SQLite is loaded when it is first needed.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="file">The file. Not on a network file system, whose locks SQLite cannot rely on.</param>
    /// <param name="takeLeases">
    /// Whether leases are taken there. Without leases, a run goes on although the file cannot be written.
    /// </param>
    /// <returns>The dispatcher. Calling this again changes nothing.</returns>
    public static IDispatcherBuilder AddRunFile(this IDispatcherBuilder builder, RunFileSettings file, bool takeLeases = true)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(file);

        if (!builder.Services.Any(static service => service.ServiceType == typeof(RunFile)))
        {
            builder.Services.AddSingleton(services => Create(services, file));
            builder.Services.AddSingleton<IRunSink>(static services => services.GetRequiredService<RunFile>());
            if (takeLeases)
            {
                builder.Services.TryAddSingleton<IRunStore>(static services => services.GetRequiredService<RunFile>());
            }
        }

        return builder;
    }

    /// <summary>Reads runs from a file.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="file">The file; it need not exist.</param>
    /// <returns>The dispatcher. A history that is already registered is kept.</returns>
    public static IDispatcherBuilder AddRunFileHistory(this IDispatcherBuilder builder, RunFileSettings file)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(file);

        builder.Services.TryAddSingleton<IRunHistory>(services => Create(services, file));
        return builder;
    }

    private static RunFile Create(IServiceProvider services, RunFileSettings file) =>
        new(file.Path, services.GetRequiredService<TimeProvider>());
}
