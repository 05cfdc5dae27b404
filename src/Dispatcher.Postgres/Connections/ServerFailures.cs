using System.Net.Sockets;
using System.Security.Authentication;
using Dispatcher.Text;
using Npgsql;

namespace Dispatcher.Postgres.Connections;

/// <summary>Functions that classify why none of several servers will do.</summary>
internal static class ServerFailures
{
    /// <summary>Classifies an exception of Npgsql about several servers.</summary>
    /// <returns>The failure; <see langword="null"/> if the exception is about one server.</returns>
    public static Failure? Classify(Exception exception, ConnectionSettings settings)
    {
        var failures = (exception.InnerException as AggregateException)?.InnerExceptions ?? [];
        if (failures.Count == 0)
        {
            // The only exception of Npgsql's list of servers without a cause: each was reached, and none is of the wanted kind.
            return settings.TargetSession is { } wanted && exception is NpgsqlException { InnerException: null } and not PostgresException
                ? Transient($"No server of {settings.Description} is {Describe(wanted)}. Name the server that is, wait for the failover to "
                    + "end, or correct target_session_attrs.")
                : null;
        }

        var reasons = failures.Select(failure => Describe(failure, settings)).Distinct(StringComparer.Ordinal).ToList();
        var first = ConnectFailures.Classify(failures[0], settings);
        if (reasons.Count == 1 && !settings.HasSeveralServers)
        {
            return first;
        }

        var others = settings.TargetSession is { } attributes ? $", and no other is {Describe(attributes)}" : string.Empty;
        var message = $"No server of {settings.Description} accepts a session: {string.Join("; ", reasons)}{others}. "
            + "Check hosts and ports, that the servers run, and that their security groups let the function in.";
        return failures.Select(failure => ConnectFailures.Classify(failure, settings).Kind).Contains(FailureKind.Transient)
            ? Transient(message)
            : first with { Message = message };
    }

    private static string Describe(TargetSessionAttributes wanted) => wanted switch
    {
        TargetSessionAttributes.ReadWrite => "read-write (target_session_attrs)",
        TargetSessionAttributes.ReadOnly => "read-only (target_session_attrs)",
        _ => $"a {TargetSessions.Format(wanted)} (target_session_attrs)",
    };

    private static string Describe(Exception failure, ConnectionSettings settings)
    {
        var words = PrintableText.Escape(settings.Quote(failure.Message));
        var causes = ConnectFailures.Flatten(failure).ToList();
        return failure switch
        {
            PostgresException refused => $"{PrintableText.Escape(settings.Quote(refused.MessageText))} ({refused.SqlState})",
            _ when causes.OfType<SocketException>().FirstOrDefault() is { } socket => $"{words}, {socket.SocketErrorCode}",
            _ when causes.Exists(cause => cause is AuthenticationException) => "a certificate was refused",
            _ when causes.Exists(cause => cause is TimeoutException) => $"{words}, no answer in time",
            _ => words,
        };
    }

    private static Failure Transient(string message) => new(FailureKind.Transient, message, HasUserMessage: true);
}
