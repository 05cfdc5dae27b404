using System.CommandLine;
using Dispatcher.Tool.Commands;
using Dispatcher.Tool.Hosting;

namespace Dispatcher.Cli.Commands.Sql;

/// <summary>The command <c>dispatch sql</c>: prepares a PostgreSQL database for a job.</summary>
internal static class SqlCommand
{
    private const string Examples = """
        Examples:
          dispatch sql apply 001_job_progress        a migration of the project
          dispatch sql apply ./views.sql             a file
          dispatch sql apply views.sql --connection scanner --json | jq .created

        Each statement runs in its own transaction, as CREATE INDEX CONCURRENTLY
        requires. The first failure stops the command; earlier statements remain
        applied, so write IF NOT EXISTS, correct the statement, and apply the file
        again. At the end every table, view and index that the file creates is
        verified.

        The connection is DATABASE_URL, or DATABASE_URL_SCANNER with
        --connection scanner.

        Exit codes: 0 applied and verified; 1 a statement or the connection failed,
        or an object is missing; 2 invalid input, nothing has run.

        """;

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("sql", "Prepare a PostgreSQL database for a job.");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var file = new Argument<string>("FILE|NAME")
        {
            Description = $"A SQL file, or a migration of the project: {string.Join(", ", SqlApplication.Known.Names)}.",
        };
        var connection =
            new Option<string?>("--connection") { Description = "The name of the connection (default: DATABASE_URL).", HelpName = "NAME" };
        var json = new Option<bool>("--json") { Description = "Write the result as JSON, and nothing else, to standard output." };
        var apply = new DocumentedCommand(
            tool, "apply", "Apply a SQL file statement by statement, and verify the objects it creates.", Examples)
        {
            file, connection, json,
        };
        apply.SetAction((parsed, cancellationToken) => new SqlApplication(tool.Terminal, parsed.GetValue(json)).RunAsync(
            parsed.GetRequiredValue(file), parsed.GetValue(connection), cancellationToken));
        return new Command(Summary.Name, Summary.Description) { apply };
    }
}
