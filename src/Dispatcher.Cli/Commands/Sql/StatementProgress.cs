using Dispatcher.Postgres.Sql;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Cli.Commands.Sql;

/// <summary>
/// The progress of a migration, one line per statement in order: <see cref="Progress{T}"/> would leave the order to the thread pool.
/// </summary>
/// <param name="terminal">The terminal; progress goes to standard error.</param>
/// <param name="total">How many statements there are.</param>
/// <param name="silent">Whether to only count.</param>
internal sealed class StatementProgress(CliTerminal terminal, int total, bool silent) : IProgress<SqlStatement>
{
    /// <summary>Gets how many statements have been begun.</summary>
    public int Begun { get; private set; }

    /// <inheritdoc />
    public void Report(SqlStatement value)
    {
        Begun++;
        if (!silent)
        {
            terminal.WriteNote($"{Begun} of {total}, line {value.Line}: {value.Title}");
        }
    }
}
