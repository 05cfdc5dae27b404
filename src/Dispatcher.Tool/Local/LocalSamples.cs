using Dispatcher.LocalServers;
using Dispatcher.LocalServers.Moto;
using Dispatcher.LocalServers.Postgres;

namespace Dispatcher.Tool.Local;

/// <summary>The knowledge whether the servers have the sample data, which would be doubled if it was put in again.</summary>
/// <param name="folder">The folder of the working copy.</param>
/// <param name="aws">The server that emulates AWS. It keeps its data in memory.</param>
/// <param name="database">The database server, if there is one.</param>
internal sealed class LocalSamples(LocalFolder folder, MotoServer aws, PostgresServer? database)
{
    private readonly string _file = folder.File("sample");
    private readonly string _servers = $"{aws.Address} {aws.Pid} {database?.Address} {database?.Pid}";

    /// <summary>Gets a value indicating whether the servers have the data.</summary>
    public bool AreThere => File.Exists(_file) && File.ReadAllText(_file) == _servers;

    /// <summary>Remembers that the servers have the data.</summary>
    public void Remember() => File.WriteAllText(_file, _servers);
}
