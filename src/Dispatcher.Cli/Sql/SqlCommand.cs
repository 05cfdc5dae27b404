using System.CommandLine;
using Dispatcher.Cli.Terminal;

namespace Dispatcher.Cli.Sql;

/// <summary><c>dispatch sql</c>: what a database has to hold before a job can work on it.</summary>
internal static class SqlCommand
{
    private const string Lesson = """
        Examples:
          dispatch sql apply 001_job_progress        one that comes with the project
          dispatch sql apply ./views.sql             one of your own
          dispatch sql apply views.sql --connection scanner --json | jq .created

        Each statement is a transaction of its own, since CREATE INDEX CONCURRENTLY
        works in no other. One that fails ends it; those before it stay done, so write
        IF NOT EXISTS, correct the statement, and apply the file again. In the end
        every table, view and index that the file creates is looked up.

        It connects to DATABASE_URL; with --connection scanner to
        DATABASE_URL_SCANNER.

        Exit codes: 0 applied and found; 1 a statement failed, no connection, or
        something is missing; 2 wrong input, nothing has run.

        """;

    /// <summary>Makes the command.</summary>
    /// <param name="terminal">Where it writes.</param>
    /// <returns>The command.</returns>
    public static Command Create(CliTerminal terminal)
    {
        var file = new Argument<string>("FILE|NAME")
        {
            Description = $"A file with SQL, or one that comes with the project: {string.Join(", ", SqlApplication.Known.Names)}.",
        };
        var connection = new Option<string?>("--connection") { Description = "The database's name. Without it: DATABASE_URL.", HelpName = "NAME" };
        var json = new Option<bool>("--json") { Description = "Write the result as JSON, and nothing else, to standard output." };
        var apply = new DocumentedCommand("apply", "Apply a SQL file statement by statement, and check what it made.", Lesson) { file, connection, json };
        apply.SetAction((parsed, cancellationToken) => new SqlApplication(terminal, parsed.GetValue(json)).RunAsync(
            parsed.GetRequiredValue(file), parsed.GetValue(connection), cancellationToken));
        return new Command("sql", "Prepare a PostgreSQL database for a job.") { apply };
    }
}
