using Dispatcher.LocalServers.Moto;
using Dispatcher.LocalServers.Postgres;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Local;

/// <summary>The servers that <c>local up</c> has started on this machine, to put tables, buckets and data there.</summary>
public sealed class LocalSetup
{
    internal LocalSetup(CliTerminal terminal, MotoServer aws, PostgresServer? database) =>
        (Terminal, AwsServer, DatabaseServer) = (terminal, aws, database);

    /// <summary>Gets the address of the moto AWS emulator, for <c>ServiceURL</c> of an AWS client. Any credentials work.</summary>
    public Uri Aws => AwsServer.Endpoint;

    /// <summary>Gets the URL of the database, as in <c>DATABASE_URL</c>.</summary>
    /// <value><see langword="null"/> if PostgreSQL is not installed or not wanted.</value>
    public string? DatabaseUrl => DatabaseServer?.Url();

    /// <summary>Gets the terminal for the progress.</summary>
    internal CliTerminal Terminal { get; }

    /// <summary>Gets the server that emulates AWS.</summary>
    internal MotoServer AwsServer { get; }

    /// <summary>Gets the database server, if there is one.</summary>
    internal PostgresServer? DatabaseServer { get; }
}
