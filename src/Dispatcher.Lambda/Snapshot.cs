using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Dispatcher.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Lambda;

/// <summary>
/// The part of the function in SnapStart: Lambda initializes a published version once, takes a snapshot of the process, and starts each
/// execution environment from it.
/// </summary>
/// <remarks>See https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-dotnet.html.</remarks>
/// <param name="services">The services of the function.</param>
internal sealed class Snapshot(IServiceProvider services)
{
    private const string Variable = "AWS_LAMBDA_INITIALIZATION_TYPE";

    /// <summary>Gets a value indicating whether Lambda takes a snapshot of this process.</summary>
    public static bool IsTaken => Environment.GetEnvironmentVariable(Variable) == "snap-start";

    /// <summary>Builds services for a process of which Lambda takes a snapshot.</summary>
    /// <param name="build">Builds the services of the function.</param>
    /// <returns>The services.</returns>
    public static ServiceProvider Build(Func<ServiceProvider> build)
    {
        // Before the services: these may create listeners, which would take the runs for real ones.
        Task.Run(WarmUp.RunAsync).GetAwaiter().GetResult();

        // Lambda calls what was registered first last before the snapshot, and first after the restore.
        Snapshot? snapshot = null;
        SnapshotRestore.RegisterBeforeSnapshot(() => snapshot!.PrepareAsync());
        SnapshotRestore.RegisterAfterRestore(() => snapshot!.RestoreAsync());
        var services = build();
        snapshot = new Snapshot(services);
        return services;
    }

    /// <summary>Creates what all runs share, and discards what a snapshot must not keep. Calls nothing outside of the process.</summary>
    public ValueTask PrepareAsync()
    {
        var catalog = services.GetRequiredService<JobCatalog>();
        var reader = services.GetRequiredService<JobRequestReader>();
        Prime(JobCatalog.ListName, query => catalog.TryAnswer(query, out _));
        foreach (var job in services.GetRequiredService<JobRegistry>().Jobs)
        {
            Prime(job.Name, query => reader.Read(query));
        }

        Discard();
        return ValueTask.CompletedTask;
    }

    /// <summary>Discards what a snapshot must not keep, and what a callback of the function may have created before it was taken.</summary>
    public ValueTask RestoreAsync()
    {
        Discard();
        return ValueTask.CompletedTask;
    }

    /// <summary>Reads a payload. What one job cannot read must not keep the version of all jobs from being published.</summary>
    private void Prime(string job, Action<JsonElement> read)
    {
        try
        {
            read(JobRequestReader.Parse(Encoding.UTF8.GetBytes($$"""{"job":"{{job}}"}""")));
        }
        catch (JobRequestException)
        {
            // The job has required parameters. Their contract exists now.
        }
        catch (Exception exception)
        {
            Log.NotInSnapshot(services.GetRequiredService<ILogger<Snapshot>>(), exception, job);
        }
    }

    private void Discard()
    {
        foreach (var state in services.GetServices<ISnapshotState>())
        {
            state.Discard();
        }
    }
}
