using Dispatcher.Hosting;
using Dispatcher.Postgres.Connections;
using Dispatcher.Postgres.Sql;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Dispatcher.Postgres.Migrations;

/// <summary>
/// The application of migrations, statement by statement and each in its own transaction, as CREATE INDEX CONCURRENTLY requires. A
/// migration can be applied again after an error, because its statements say IF NOT EXISTS.
/// </summary>
/// <param name="configuration">The configuration that holds <c>DATABASE_URL</c> or one of its alternatives.</param>
/// <param name="logger">Receives a warning if the server is slow to answer.</param>
/// <param name="first">The limit on waiting for a server that has never answered.</param>
public sealed class MigrationRunner(IConfiguration configuration, ILogger? logger = null, FirstAnswerLimit? first = null)
{
    private static readonly string VerificationSql = EmbeddedSql.Read<MigrationRunner>("migration-verification.sql");

    /// <summary>Applies a migration and verifies what it created.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="connection">The name of the connection; <see langword="null"/> for <c>DATABASE_URL</c>.</param>
    /// <param name="starting">Called with each statement before it is run.</param>
    /// <param name="cancellationToken">Cancels the statement on the server.</param>
    /// <returns>The report.</returns>
    /// <exception cref="PermanentJobException">A statement failed; the message names its line, and those before it stay done.</exception>
    /// <exception cref="DatabaseUnavailableException">The server cannot be reached, or refuses the session.</exception>
    public async Task<MigrationReport> ApplyAsync(
        Migration migration, string? connection, IProgress<SqlStatement>? starting, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(migration);

        var settings = ConnectionSettings.Read(configuration, connection);
        await using var source = settings.CreateDataSource("sql-apply", migration.Name);
        var opening = new SessionOpening(settings, logger ?? NullLogger.Instance, TimeProvider.System, first);
        await using var session = await opening.OpenAsync(source, cancellationToken);
        foreach (var statement in migration.Statements)
        {
            starting?.Report(statement);
            await RunAsync(session, migration, statement, cancellationToken);
        }

        return await VerifyAsync(session, migration, cancellationToken);
    }

    private static async Task RunAsync(
        NpgsqlConnection session, Migration migration, SqlStatement statement, CancellationToken cancellationToken)
    {
        try
        {
            await using var batch = session.CreateBatch();
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement.Text));
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception)
        {
            var position = Math.Clamp(exception.Position, 0, statement.Text.Length);
            var line = statement.Line + statement.Text.AsSpan(0, position).Count('\n');
            throw new PermanentJobException(
                $"{migration.Name}, line {line}: {Quote(exception, statement)} "
                + $"The statement is: {statement.Title} - the statements before it stay done; correct it and apply the migration again.",
                statement.HoldsSecret ? null : exception);
        }
    }

    private static string Quote(PostgresException answer, SqlStatement statement) => statement.HoldsSecret
        ? $"PostgreSQL answered {answer.SqlState}. (Its message is not shown, because it may repeat a password in the statement.)"
        : PrintableText.Escape($"{answer.MessageText} ({answer.SqlState}){(answer.Hint is { } hint ? $" {hint}" : string.Empty)}");

    private static async Task<MigrationReport> VerifyAsync(
        NpgsqlConnection session, Migration migration, CancellationToken cancellationToken)
    {
        var created = new List<string>();
        var problems = new List<string>();
        foreach (var item in migration.Statements.Select(CreatedObject.Read).OfType<CreatedObject>().Distinct())
        {
            if (await FindProblemAsync(session, item, cancellationToken) is { } problem)
            {
                problems.Add(problem);
            }
            else
            {
                created.Add($"{item.Kind} {item.Name}");
            }
        }

        return new MigrationReport(migration.Name, migration.Statements.Count, created, problems);
    }

    private static async Task<string?> FindProblemAsync(NpgsqlConnection session, CreatedObject item, CancellationToken cancellationToken)
    {
        await using var command = session.CreateCommand();
        command.CommandText = VerificationSql;
        command.Parameters.Add(SqlValue.Of(item.Name));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
        {
            return $"{item.Kind} {item.Name} does not exist after the migration. Look for a later statement that drops it.";
        }

        return (item.Kind, IsUsable: row.GetBoolean(0)) switch
        {
            ("INDEX", false) =>
                $"INDEX {item.Name} is invalid: an earlier CREATE INDEX CONCURRENTLY failed half way. "
                + $"Run DROP INDEX CONCURRENTLY {item.Name}, then the migration again.",
            ("MATERIALIZED VIEW", false) =>
                $"MATERIALIZED VIEW {item.Name} has no contents yet. Run REFRESH MATERIALIZED VIEW {item.Name}.",
            _ => null,
        };
    }
}
