using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dispatcher.Jobs.Postgres.DailyUptime;
using Dispatcher.Postgres.Connections;
using Dispatcher.Postgres.Migrations;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Spectre.Console;

namespace Dispatcher.Cli.Commands.Sql;

/// <summary>The application of a migration, with its output for a person or as JSON.</summary>
/// <param name="terminal">The terminal.</param>
/// <param name="json">Whether to answer in JSON.</param>
internal sealed partial class SqlApplication(CliTerminal terminal, bool json)
{
    /// <summary>Gets the migrations that come with the project.</summary>
    public static MigrationCatalog Known { get; } = new(typeof(DailyUptimeParameters).Assembly);

    /// <summary>Applies a migration to the database that the environment names.</summary>
    /// <param name="fileOrName">The file, or the name of a migration that comes with the project.</param>
    /// <param name="connection">The name of the connection; <c>DATABASE_URL</c> by default.</param>
    /// <param name="cancellationToken">Cancels the command.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string fileOrName, string? connection, CancellationToken cancellationToken)
    {
        // Without the value: somebody may have put a URL there, password and all.
        if (connection is not null && !ConnectionName().IsMatch(connection))
        {
            throw new BadInputException("'--connection' must be the name of a connection (letters, digits, '-' and '_'), not a URL. Set "
                + "DATABASE_URL_NAME to the URL.");
        }

        var migration = Find(fileOrName);
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var progress = new StatementProgress(terminal, migration.Statements.Count, json);
        var runner = new MigrationRunner(
            configuration, new TerminalLogger(terminal, verbose: false), ToolServices.CreateFirstAnswerLimit(TimeProvider.System));
        var report = await ApplyAsync(runner, migration, connection, progress, cancellationToken);
        Write(report);
        report.Problems.ToList().ForEach(terminal.WriteError);
        return report.Problems.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>Finds a migration.</summary>
    /// <param name="fileOrName">The file, or the name of a migration that comes with the project.</param>
    /// <returns>The migration.</returns>
    /// <exception cref="BadInputException">There is none, or it cannot be read.</exception>
    public static Migration Find(string fileOrName)
    {
        try
        {
            return string.IsNullOrWhiteSpace(fileOrName)
                ? throw new BadInputException($"Name a file, or one of the known migrations: {string.Join(", ", Known.Names)}.")
                : Known.Find(fileOrName);
        }
        catch (PermanentJobException exception)
        {
            throw new BadInputException(exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"'{fileOrName}' cannot be read: {exception.Message} Check its permissions.");
        }
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,30}$")]
    private static partial Regex ConnectionName();

    private static async Task<MigrationReport> ApplyAsync(
        MigrationRunner runner, Migration migration, string? connection, StatementProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            return await runner.ApplyAsync(migration, connection, progress, cancellationToken);
        }
        catch (PermanentJobException exception) when (progress.Begun == 0)
        {
            // Nothing has run: the environment names no database, or none that can be used.
            throw new BadInputException(exception.Message);
        }
        catch (Exception exception) when (exception is PermanentJobException or DatabaseUnavailableException)
        {
            throw new CommandFailedException(exception.Message, exception);
        }
        catch (NpgsqlException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailedException(
                $"The connection was lost in statement {progress.Begun} of {migration.Statements.Count}: {exception.Message}. "
                + "The statements before it remain applied. Check that the server is running, and apply the migration again.",
                exception);
        }
    }

    private void Write(MigrationReport report)
    {
        if (json)
        {
            JsonOutput.Write(terminal, JsonSerializer.SerializeToElement<JsonNode>(new JsonObject
            {
                ["migration"] = report.Migration,
                ["statements"] = report.Statements,
                ["created"] = new JsonArray([.. report.Created.Select(item => (JsonNode)item)]),
                ["problems"] = new JsonArray([.. report.Problems.Select(problem => (JsonNode)problem)]),
            }));
            return;
        }

        if (report.Created.Count > 0)
        {
            ItemList.Write(terminal.Out, "Verified objects", report.Created.Select(item => (item, string.Empty)));
        }

        var isGood = report.Problems.Count == 0;
        var line = new Paragraph(
            isGood ? " APPLIED " : " INCOMPLETE ", new Style(Color.Black, isGood ? Color.Green : Color.Yellow, Decoration.Bold));
        line.Append(Printable.Text(
            $" {report.Migration}: {Printable.Count(report.Statements, "statement")}, "
            + $"{Printable.Count(report.Created.Count, "object")} found{(isGood ? "." : $", "
                + $"{Printable.Count(report.Problems.Count, "problem")}.")}"));
        terminal.Out.Write(line);
        terminal.Out.WriteLine();
    }
}
