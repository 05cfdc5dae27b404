using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Cli.Samples;
using Dispatcher.Cli.Terminal;
using Dispatcher.LocalServers;
using Dispatcher.LocalServers.Moto;
using Dispatcher.LocalServers.Postgres;

namespace Dispatcher.Cli.Local;

/// <summary>Is the servers of a working copy, AWS and PostgreSQL: starts them, stops them, says how they are.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="folder">Where the servers are remembered.</param>
internal sealed class LocalServer(CliTerminal terminal, LocalFolder folder)
{
    private readonly LocalDatabase _database = new(terminal, folder);

    /// <summary>Makes sure that the servers are up.</summary>
    /// <param name="sample">Whether to put sample data in.</param>
    /// <param name="json">Whether to answer in JSON.</param>
    /// <param name="cancellationToken">Fires when the person gives up.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> UpAsync(bool sample, bool json, CancellationToken cancellationToken)
    {
        var server = await FindAsync(cancellationToken);
        if (server is not null)
        {
            terminal.WriteNote($"Up already: {server.Address} (process {server.Pid}).");
        }
        else
        {
            server = await StartAsync(cancellationToken);
            terminal.WriteNote($"Up: {server.Address} (process {server.Pid}, log {folder.File("moto.log")}).");
        }

        var environment = new LocalEnvironment(server.Endpoint);
        await LocalResources.EnsureAsync(environment, cancellationToken);
        if (sample)
        {
            await DemoSeed.FillAsync(terminal, environment, cancellationToken);
        }

        WriteEnvironment(server, await _database.UpAsync(sample, cancellationToken), json);
        return ExitCode.Done;
    }

    /// <summary>Stops the servers.</summary>
    /// <returns>The exit code.</returns>
    public int Down()
    {
        var server = MotoState.Read(folder);
        terminal.WriteNote(server is not null && MotoServer.Stop(server) ? $"Stopped: {server.Address} (process {server.Pid})." : "It was not up.");
        MotoState.Delete(folder);
        _database.Down();
        return ExitCode.Done;
    }

    /// <summary>Says whether the servers are up.</summary>
    /// <param name="json">Whether to answer in JSON.</param>
    /// <param name="cancellationToken">Fires when the person gives up.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> StatusAsync(bool json, CancellationToken cancellationToken)
    {
        var server = await FindAsync(cancellationToken);
        var database = _database.Find();
        terminal.WriteNote(
            server is not null ? $"Up: {server.Address} (process {server.Pid})." : "Down. Start it: eval \"$(dispatch local up)\"");
        if (database is not null)
        {
            terminal.WriteNote($"PostgreSQL is up: {database.Address} (process {database.Pid}).");
        }

        if (json || server is not null || database is not null)
        {
            WriteEnvironment(server, database, json);
        }

        return ExitCode.Done;
    }

    /// <summary>Finds the server that is remembered, if it is still there and answers.</summary>
    private async Task<MotoState?> FindAsync(CancellationToken cancellationToken)
    {
        var server = MotoState.Read(folder);
        using var process = server?.Mark.Find();
        return process is not null && await MotoServer.AnswersAsync(server!.Endpoint, cancellationToken) ? server : null;
    }

    private async Task<MotoState> StartAsync(CancellationToken cancellationToken)
    {
        // One that runs but does not answer would be forgotten, and never stopped.
        if (MotoState.Read(folder) is { } silent)
        {
            MotoServer.Stop(silent);
        }

        folder.Create();
        var program = await new MotoInstallation(terminal.WriteNote, folder).FindAsync(cancellationToken);
        var server = await MotoServer.StartAsync(program, folder.File("moto.log"), cancellationToken);
        server.Write(folder);
        return server;
    }

    private void WriteEnvironment(MotoState? server, PostgresState? database, bool json)
    {
        var variables = server is null ? [] : new List<KeyValuePair<string, string>>(new LocalEnvironment(server.Endpoint).Variables);
        if (database is not null)
        {
            variables.Add(KeyValuePair.Create("DATABASE_URL", database.Url));
        }

        if (!json)
        {
            foreach (var (name, value) in variables)
            {
                terminal.Out.Profile.Out.Writer.WriteLine($"export {name}={value}");
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
            answer.Add("environment", new JsonObject(variables.Select(variable => KeyValuePair.Create(variable.Key, (JsonNode?)variable.Value))));
        }

        Write(answer);
    }

    private void Write(JsonObject answer) => JsonOutput.Write(terminal, JsonSerializer.SerializeToElement<JsonNode>(answer));
}
