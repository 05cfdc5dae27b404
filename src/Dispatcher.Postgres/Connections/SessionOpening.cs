using Dispatcher.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dispatcher.Postgres.Connections;

/// <summary>The opening of a session, with a notice if it takes long and the limit of the host on waiting for a first answer.</summary>
/// <param name="settings">The settings of the connection.</param>
/// <param name="logger">Receives the notice.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="first">The limit on waiting for a server that has never answered, if the host has one.</param>
internal sealed class SessionOpening(
    ConnectionSettings settings, ILogger logger, TimeProvider timeProvider, FirstAnswerLimit? first)
{
    private readonly string _server = settings.Description;

    /// <summary>Opens a session.</summary>
    /// <exception cref="DatabaseUnavailableException">The server cannot be reached, or refuses the session.</exception>
    public async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var remaining = first?.GetRemaining(_server);
        using var timeout = new CancellationTokenSource(remaining ?? Timeout.InfiniteTimeSpan, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var notice = remaining is null
            ? new SlowCallNotice(logger, timeProvider, () =>
                $"PostgreSQL ({_server}) has not answered for 5 s. The connection is still being waited for.")
            : new SlowCallNotice(logger, timeProvider, () =>
                $"Waiting for PostgreSQL, {_server} ({first!.Notice.TotalSeconds:0} s). "
                    + $"It is given up after {first.Time.TotalSeconds:0} s.",
                first!.Notice);
        try
        {
            // The data source that WithTargetSession returns would not end the sessions when it is disposed of.
            var session = (source, settings.TargetSession) is (NpgsqlMultiHostDataSource several, { } wanted)
                ? await several.OpenConnectionAsync(wanted, either.Token)
                : await source.OpenConnectionAsync(either.Token);
            first?.NoteAnswer(_server);
            return session;
        }
        catch (Exception exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new DatabaseUnavailableException(
                new Failure(
                    FailureKind.Exhausted,
                    $"PostgreSQL, {_server}, cannot be reached: given up after {first!.Time.TotalSeconds:0} s without an answer. "
                        + "Check host, port and network.",
                    HasUserMessage: true),
                settings.Show(exception));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // With several hosts, Npgsql reports a cancellation as the failure of each.
            cancellationToken.ThrowIfCancellationRequested();
            if (exception is PostgresException)
            {
                first?.NoteAnswer(_server);
            }

            var unavailable = await ConnectFailures.WrapAsync(exception, settings, cancellationToken);
            throw unavailable.Failure.Kind == FailureKind.Transient && first is not null && first.IsSpent(_server)
                ? new DatabaseUnavailableException(unavailable.Failure with { Kind = FailureKind.Exhausted }, unavailable.InnerException)
                : unavailable;
        }
    }
}
