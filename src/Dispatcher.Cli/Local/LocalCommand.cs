using System.CommandLine;
using Dispatcher.Cli.Commands;
using Dispatcher.Cli.Terminal;
using Dispatcher.LocalServers;

namespace Dispatcher.Cli.Local;

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

        AWS is moto's server: 'moto_server' on PATH, or installed once into
        .local/venv. It keeps everything in memory, and holds the table
        UploadSessions and the bucket uploads-local. PostgreSQL is started too
        where it is installed: a cluster of its own under .local/postgres, or
        under /tmp where root runs this in a folder that no other user may enter.
        Both listen on loopback only, and all is gone with 'local down'.

        """;

    private const string UpExamples = """
        Examples:
          eval "$(dispatch local up)"
          dispatch local up --json | jq .environment

        Standard output holds the variables to set, as 'export' lines or as JSON.
        Up already: says so, and prints them again.

        """;

    /// <summary>Makes the command.</summary>
    /// <param name="terminal">Where it writes.</param>
    /// <returns>The command.</returns>
    public static Command Create(CliTerminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "Write JSON instead of lines for a shell or a person." };
        var sample = new Option<bool>("--sample") { Description = "Fill table, bucket and database with what the demo works on." };
        var up = new DocumentedCommand("up", "Start the servers, and make the table and the bucket.", UpExamples) { sample, json };
        up.SetAction(
            (parsed, cancellationToken) => Open(terminal).UpAsync(parsed.GetValue(sample), parsed.GetValue(json), cancellationToken));
        var down = new Command("down", "Stop the servers that 'local up' started. What they held is gone.");
        down.SetAction(_ => Open(terminal).Down());
        var status = new Command("status", "Show whether the servers are up, and how to use them.") { json };
        status.SetAction((parsed, cancellationToken) => Open(terminal).StatusAsync(parsed.GetValue(json), cancellationToken));
        const string Description = "Run AWS's services and PostgreSQL on this machine, to try jobs on.";
        return new DocumentedCommand("local", Description, Examples) { up, down, status };
    }

    private static LocalServer Open(CliTerminal terminal) => new(terminal, LocalFolder.Find());
}
