using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.LocalServers;
using Dispatcher.LocalServers.Moto;
using Dispatcher.LocalServers.Postgres;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Local;

/// <summary>The servers of a working copy, moto and PostgreSQL, for <c>local</c>.</summary>
/// <param name="tool">The tool.</param>
/// <param name="options">What the jobs find on the servers.</param>
/// <param name="folder">The folder of the working copy.</param>
internal sealed class LocalMachine(ToolContext tool, LocalOptions options, LocalFolder folder)
{
    private readonly LocalMoto _moto = new(folder, tool.Terminal.WriteNote);
    private readonly LocalDatabase _database = new(tool.Terminal, folder);
    private readonly CliTerminal _terminal = tool.Terminal;

    /// <summary>Starts the servers unless they are running.</summary>
    /// <param name="sample">Whether to put sample data in.</param>
    /// <param name="json">Whether to answer in JSON.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> UpAsync(bool sample, bool json, CancellationToken cancellationToken)
    {
        folder.Create();
        var server = await _moto.FindAsync(cancellationToken);
        if (server is not null)
        {
            _terminal.WriteNote($"Up already: {server.Address} (process {server.Pid}).");
        }
        else
        {
            server = await _moto.StartAsync(cancellationToken);
            _terminal.WriteNote($"Up: {server.Address} (process {server.Pid}, log {_moto.Log}).");
        }

        var database = options.Postgres ? await _database.UpAsync(cancellationToken) : null;
        var setup = new LocalSetup(_terminal, server, database);
        await (options.Prepare?.Invoke(setup, cancellationToken) ?? Task.CompletedTask);
        var samples = new LocalSamples(folder, server, database);
        if (sample && !samples.AreThere)
        {
            await (options.Fill?.Invoke(setup, cancellationToken) ?? Task.CompletedTask);
            samples.Remember();
        }

        WriteUse(samples.AreThere);
        WriteEnvironment(server, database, json);
        return ExitCode.Done;
    }

    /// <summary>Stops the servers.</summary>
    /// <returns>The exit code.</returns>
    public int Down()
    {
        _terminal.WriteNote(_moto.Stop() is { } server ? $"Stopped: {server.Address} (process {server.Pid})." : "It was not up.");
        _database.Down();
        return ExitCode.Done;
    }

    /// <summary>Shows whether the servers are up.</summary>
    /// <param name="json">Whether to answer in JSON.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> StatusAsync(bool json, CancellationToken cancellationToken)
    {
        var server = await _moto.FindAsync(cancellationToken);
        var database = _database.Find();
        _terminal.WriteNote(
            server is not null ? $"Up: {server.Address} (process {server.Pid})." : $"Down. Start it: eval \"$({tool.Name} local up)\"");
        if (database is not null)
        {
            _terminal.WriteNote($"PostgreSQL is up: {database.Address} (process {database.Pid}).");
        }

        if (json || server is not null || database is not null)
        {
            WriteEnvironment(server, database, json);
        }

        return ExitCode.Done;
    }

    /// <summary>Writes what is there: the variables on standard output are often read by a shell alone.</summary>
    private void WriteUse(bool hasSamples)
    {
        string[] used =
        [
            .. options.Variables.Select(static variable => $"{variable.Key}={variable.Value}"),
            .. hasSamples ? ["sample data"] : Array.Empty<string>(),
        ];
        if (used.Length > 0)
        {
            _terminal.WriteNote($"In use: {string.Join(", ", used)}.");
        }
    }

    private void WriteEnvironment(MotoServer? server, PostgresServer? database, bool json)
    {
        var variables = new List<KeyValuePair<string, string>>();
        if (server is not null)
        {
            variables.AddRange(new LocalEnvironment(server, options.Variables).Variables);
        }

        if (database is not null)
        {
            variables.Add(KeyValuePair.Create("DATABASE_URL", database.Url()));
        }

        if (!json)
        {
            foreach (var (name, value) in variables)
            {
                _terminal.Out.Profile.Out.Writer.WriteLine($"export {name}={value}");
            }

            return;
        }

        var answer = new JsonObject { ["up"] = server is not null };
        if (server is not null)
        {
            answer.Add("endpoint", server.Address);
            answer.Add("pid", server.Pid);
        }

        if (database is not null)
        {
            answer.Add("database", new JsonObject { ["address"] = database.Address, ["pid"] = database.Pid });
        }

        if (variables.Count > 0)
        {
            var members = variables.Select(variable => KeyValuePair.Create(variable.Key, (JsonNode?)variable.Value));
            answer.Add("environment", new JsonObject(members));
        }

        Write(answer);
    }

    private void Write(JsonObject answer) => JsonOutput.Write(_terminal, JsonSerializer.SerializeToElement<JsonNode>(answer));
}
