using Dispatcher.Aws.Audit;
using Dispatcher.Aws.History;
using Dispatcher.Hosting;
using Dispatcher.Lambda;
using Dispatcher.LocalServers;
using Dispatcher.Sqlite;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Tool.History;

/// <summary>Extensions that register the storage of runs and their changes: AWS if it is configured, this machine otherwise.</summary>
internal static class HistoryBuilderExtensions
{
    /// <summary>
    /// Reads runs from the table that <c>RUNS_TABLE</c> names, from the file that <c>RUNS_FILE</c> names, or from <c>.local/runs.db</c>,
    /// and audit trails from <c>.local/audit</c> and the bucket that <c>AUDIT_BUCKET</c> names.
    /// </summary>
    /// <param name="builder">The dispatcher, with its jobs.</param>
    /// <param name="configuration">The environment.</param>
    /// <returns>The dispatcher.</returns>
    /// <exception cref="BadInputException">The environment names an invalid table or file.</exception>
    public static IDispatcherBuilder AddHistory(this IDispatcherBuilder builder, IConfiguration configuration)
    {
        builder.Services.AddSingleton<IAuditTrail>(static _ => new FileAuditTrail(AuditFolder.For(LocalFolder.Find())));
        if (Read(() => AuditBucketSettings.Read(configuration)) is { } bucket)
        {
            builder.AddS3AuditReading(bucket);
        }

        if (Read(() => RunTableSettings.Read(configuration)) is { } table)
        {
            return builder.AddRunTableHistory(table);
        }

        return builder.AddRunFileHistory(Read(() => RunFileSettings.Read(configuration)) ?? LocalFile());
    }

    /// <summary>
    /// Keeps runs in the same place, and their changes in a file each, or on standard error where that cannot be written; those also in S3
    /// where
    /// <c>AUDIT_BUCKET</c> is set.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="configuration">The environment.</param>
    /// <param name="standardError">The output for audit lines.</param>
    /// <param name="auditLines">Whether all audit lines are written there, not only those that no file could hold.</param>
    /// <returns>The dispatcher.</returns>
    /// <exception cref="BadInputException">The environment names an invalid table, file or bucket.</exception>
    public static IDispatcherBuilder AddRecording(
        this IDispatcherBuilder builder, IConfiguration configuration, LambdaOutput standardError, bool auditLines)
    {
        if (Read(() => RunTableSettings.Read(configuration)) is { } table)
        {
            builder.AddRunTable(table);
        }
        else if (Read(() => RunFileSettings.Read(configuration)) is { } file)
        {
            builder.AddRunFile(file);
        }
        else
        {
            // A run without settings goes on where nothing can be written, as in a container: then it takes no lease.
            builder.AddRunFile(LocalFile(), takeLeases: IsWritable(LocalFolder.Find()));
        }

        // Lines and files come first and always: where an upload fails, the trail is still here.
        if (auditLines)
        {
            builder.Services.TryAddSingleton(standardError);
            builder.AddAuditLines();
        }

        builder.Services.AddSingleton<IAuditSink>(services => new LocalAuditSink(
            AuditFolder.For(
                LocalFolder.Find()), auditLines ? null : standardError, services.GetRequiredService<ILogger<LocalAuditSink>>()));
        return Read(() => AuditBucketSettings.Read(configuration)) is { } bucket ? builder.AddS3AuditTrail(bucket) : builder;
    }

    /// <summary>Marks real runs as started, in <c>.local/started</c>. Use it before any other middleware.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder UseRunMarks(this IDispatcherBuilder builder)
    {
        builder.Services.TryAddSingleton(static _ => new RunMarks(LocalFolder.Find()));
        return builder.UseMiddleware<RunMarkMiddleware>();
    }

    private static RunFileSettings LocalFile() => new(LocalFolder.Find().File("runs.db"));

    private static bool IsWritable(LocalFolder folder)
    {
        try
        {
            folder.Create();
            using var probe = new FileStream(
                folder.File($".{Guid.NewGuid():N}"),
                FileMode.CreateNew,
                FileAccess.Write,
                FileShare.None,
                bufferSize: 1,
                FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static TSetting? Read<TSetting>(Func<TSetting?> read)
        where TSetting : class
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException exception)
        {
            throw new BadInputException(exception.Message);
        }
    }
}
