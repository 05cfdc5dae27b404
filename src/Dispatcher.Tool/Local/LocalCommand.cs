using System.CommandLine;
using Dispatcher.LocalServers;
using Dispatcher.Tool.Commands;
using Dispatcher.Tool.Hosting;

namespace Dispatcher.Tool.Local;

/// <summary>The command <c>local</c>: AWS and PostgreSQL on this machine.</summary>
internal static class LocalCommand
{
    private const string Examples = """
        Examples:
          eval "$({tool} local up)" ## use it from this shell

        """;

    private const string SampleExample = """
          eval "$({tool} local up --sample)" ## … with data to try the jobs

        """;

    private const string Explanation = """
          {tool} run {job} --dry-run
          {tool} local down

        AWS is emulated by moto: 'moto_server' on PATH, or an installation in
        .local/venv. It keeps its data in memory, listens on loopback only, and ends
        with 'local down'.

        """;

    private const string PostgresExplanation = """

        If PostgreSQL is installed, a private cluster is started too, on loopback
        only: under .local/postgres, or under /tmp if root runs this in a folder that
        no other user may enter. 'local down' removes it.

        """;

    private const string UpExamples = """
        Examples:
          eval "$({tool} local up)"
          {tool} local up --json | jq .environment

        Standard output holds the variables to set, as 'export' lines or as JSON.
        If the servers are running already, the command prints them again. --sample
        fills running servers, too, but not twice.

        """;

    /// <summary>Creates what the help of the tool lists.</summary>
    /// <param name="options">What the jobs find on the servers.</param>
    /// <returns>The name and the description.</returns>
    public static CommandSummary Summarize(LocalOptions options) =>
        new("local", $"Run an AWS emulator{(options.Postgres ? " and PostgreSQL" : string.Empty)} on this machine.");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="options">What the jobs find on the servers.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool, LocalOptions options)
    {
        var json = new Option<bool>("--json") { Description = "Write JSON instead of lines for a shell or a person." };
        var sample = new Option<bool>("--sample") { Description = "Fill the servers with data to try the jobs." };
        var up = new DocumentedCommand(tool, "up", "Start the servers, and create what the jobs need there.", UpExamples) { json };
        if (options.Fill is not null)
        {
            up.Options.Insert(0, sample);
        }

        up.SetAction((parsed, cancellationToken) => Open(tool, options).UpAsync(
            parsed.GetValue(sample), parsed.GetValue(json), cancellationToken));
        var down = new Command("down", "Stop the servers that 'local up' started, and remove their data.");
        down.SetAction(_ => Open(tool, options).Down());
        var status = new Command("status", "Show whether the servers are running, and how to use them.") { json };
        status.SetAction((parsed, cancellationToken) => Open(tool, options).StatusAsync(parsed.GetValue(json), cancellationToken));
        return new DocumentedCommand(
            tool,
            Summarize(options),
            Examples + (options.Fill is null ? string.Empty : SampleExample) + Explanation
                + (options.Postgres ? PostgresExplanation : string.Empty)) { up, down, status };
    }

    private static LocalMachine Open(ToolContext tool, LocalOptions options) => new(tool, options, LocalFolder.Find());
}
