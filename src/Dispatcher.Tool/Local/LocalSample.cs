using Dispatcher.LocalServers.Moto;
using Dispatcher.LocalServers.Postgres;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Local;

/// <summary>Fills local servers with sample data.</summary>
/// <param name="terminal">The terminal for the progress.</param>
/// <param name="aws">The server that emulates AWS.</param>
/// <param name="database">The database server, or <see langword="null"/> if PostgreSQL is not installed.</param>
/// <param name="cancellationToken">Cancels the filling.</param>
/// <returns>A task that ends when the data is there.</returns>
internal delegate Task LocalSample(CliTerminal terminal, MotoServer aws, PostgresServer? database, CancellationToken cancellationToken);
