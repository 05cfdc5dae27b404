using System.CommandLine;
using Dispatcher.LocalServers;
using Dispatcher.Tool.Commands;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Local;

/// <summary>The command <c>dispatch local</c>: AWS and PostgreSQL on this machine.</summary>
internal static class LocalCommand
{
    private const string Examples = """
        Examples:
          eval "$(dispatch local up)"                      use it from this shell
          eval "$(dispatch local up --sample)"             … with something to clean
          dispatch run video-upload-cleanup --dry-run -p cleanupAgeHours=0
          dispatch run refresh-materialized-view -p view=job_progress
          dispatch run daily-uptime --dry-run
          dispatch local down

        AWS is emulated by moto: 'moto_server' on PATH, or an installation in
        .local/venv. It keeps its data in memory, with the table UploadSessions
        and the bucket uploads-local. If PostgreSQL is installed, a private
        cluster is started too, under .local/postgres, or under /tmp if root runs
        this in a folder that no other user may enter. Both servers listen on
        loopback only, and 'local down' removes their data.

        """;

    private const string UpExamples = """
        Examples:
          eval "$(dispatch local up)"
          dispatch local up --json | jq .environment

        Standard output holds the variables to set, as 'export' lines or as JSON.
        If the servers are running already, the command prints them again.

        """;

    /// <summary>Creates the command.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="fill">Fills the servers with sample data, if there is any.</param>
    /// <returns>The command.</returns>
    public static Command Create(CliTerminal terminal, LocalSample? fill)
    {
        var json = new Option<bool>("--json") { Description = "Write JSON instead of lines for a shell or a person." };
        var sample = new Option<bool>("--sample") { Description = "Fill the table, the bucket and the database with demo data." };
        var up = new DocumentedCommand("up", "Start the servers, and create the table and the bucket.", UpExamples) { json };
        if (fill is not null)
        {
            up.Options.Insert(0, sample);
        }

        up.SetAction((parsed, cancellationToken) => Open(terminal).UpAsync(
            parsed.GetValue(sample) ? fill : null, parsed.GetValue(json), cancellationToken));
        var down = new Command("down", "Stop the servers that 'local up' started, and remove their data.");
        down.SetAction(_ => Open(terminal).Down());
        var status = new Command("status", "Show whether the servers are running, and how to use them.") { json };
        status.SetAction((parsed, cancellationToken) => Open(terminal).StatusAsync(parsed.GetValue(json), cancellationToken));
        const string Description = "Run an AWS emulator and PostgreSQL on this machine.";
        return new DocumentedCommand("local", Description, Examples) { up, down, status };
    }

    private static LocalServer Open(CliTerminal terminal) => new(terminal, LocalFolder.Find());
}
