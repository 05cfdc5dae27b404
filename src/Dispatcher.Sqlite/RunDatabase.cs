using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Dispatcher.Sqlite;

/// <summary>
/// Connections to the file, one for each operation. Many processes share the file: readers do not wait, and writers wait for each other.
/// </summary>
/// <param name="path">The file; neither it nor its folder need exist.</param>
internal sealed class RunDatabase(string path)
{
    /// <summary>The time in which SQLite waits for a lock by itself. Then cancellation is looked at.</summary>
    private const int WaitMilliseconds = 500;

    /// <summary>The most time that an operation waits for other processes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Gets the file.</summary>
    public string Path { get; } = path;

    /// <summary>Gets the lines that earlier versions wrote, which the first operation imports.</summary>
    private string Lines => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, "runs.jsonl");

    /// <summary>Determines whether there is anything to read. Reading creates nothing.</summary>
    public bool Exists => File.Exists(Path) || File.Exists(Lines);

    /// <summary>Executes an operation as one transaction.</summary>
    /// <param name="operation">The operation. It is repeated if the file is locked.</param>
    /// <param name="what">What fails if the operation does, for the message.</param>
    /// <param name="cancellationToken">Ends the waiting for other processes.</param>
    /// <returns>The operation's answer.</returns>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> operation, string what, CancellationToken cancellationToken) =>
        RunAsync(
            connection =>
            {
                using var transaction = connection.BeginTransaction(deferred: false);
                var answer = operation(connection);
                transaction.Commit();
                return answer;
            },
            what,
            cancellationToken);

    /// <summary>Opens the file for reading.</summary>
    public Task<SqliteConnection> OpenAsync(string what, CancellationToken cancellationToken) =>
        RetryAsync(Open, what, cancellationToken);

    private Task<T> RunAsync<T>(Func<SqliteConnection, T> operation, string what, CancellationToken cancellationToken) =>
        RetryAsync(
            () =>
            {
                using var connection = Open();
                return operation(connection);
            },
            what,
            cancellationToken);

    private async Task<T> RetryAsync<T>(Func<T> operation, string what, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                // SQLite blocks while it waits for a lock.
                return await Task.Run(operation, cancellationToken);
            }
            catch (SqliteException exception) when (RunFileErrors.IsBusy(exception) && Stopwatch.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Random.Shared.Next(1, 20), cancellationToken);
            }
            catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
            {
                throw RunFileErrors.Explain(Path, what, exception);
            }
        }
    }

    private SqliteConnection Open()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);

        // Not pooled: the last connection that is closed tidies the file up, and nothing keeps it open.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString())
        {
            DefaultTimeout = 1,
        };
        try
        {
            connection.Open();
            connection.Execute($"PRAGMA busy_timeout = {WaitMilliseconds}; PRAGMA synchronous = NORMAL");
            RunFileSchema.Ensure(connection);
            if (File.Exists(Lines))
            {
                RunImport.Execute(connection, new JsonLinesFile(Lines));
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
