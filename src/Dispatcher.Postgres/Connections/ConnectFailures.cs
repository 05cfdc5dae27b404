using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Dispatcher.Text;
using Npgsql;

namespace Dispatcher.Postgres.Connections;

/// <summary>Functions that classify what can go wrong while a session is opened.</summary>
internal static class ConnectFailures
{
    /// <summary>
    /// Makes the exception that a job sees. Nothing of it, inner exceptions included, may repeat a part of the connection string.
    /// </summary>
    public static async Task<DatabaseUnavailableException> WrapAsync(
        Exception exception, ConnectionSettings settings, CancellationToken cancellationToken)
    {
        if (Flatten(exception).OfType<AuthenticationException>().Any())
        {
            var problem = await FindCertificateProblemAsync(settings, cancellationToken)
                ?? $"TLS with {settings.Description} failed. Check the server's TLS settings and its certificate.";
            return new DatabaseUnavailableException(Permanent(problem), settings.Show(exception));
        }

        return new DatabaseUnavailableException(
            ServerFailures.Classify(exception, settings) ?? Classify(exception, settings), settings.Show(exception));
    }

    /// <summary>Returns an exception and all that it wraps, those of several hosts too.</summary>
    public static IEnumerable<Exception> Flatten(Exception exception) => exception switch
    {
        AggregateException several => several.InnerExceptions.SelectMany(Flatten).Prepend(several),
        { InnerException: { } inner } => Flatten(inner).Prepend(exception),
        _ => [exception],
    };

    /// <summary>Classifies the failure of one server.</summary>
    public static Failure Classify(Exception exception, ConnectionSettings settings)
    {
        var target = settings.Description;
        if (exception is PostgresException refused)
        {
            return ClassifyRefusal(refused, settings);
        }

        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData }:
                    return Permanent($"The host of {target} is unknown. Check the host name, "
                        + "and that the function runs in the VPC that resolves it.");
                case SocketException socket:
                    return Transient(
                        $"Cannot reach {target}: {socket.SocketErrorCode}. Check host and port, that the server runs, "
                            + "and that its security group lets the function in.");
                case FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException:
                    return Permanent(
                        $"A certificate file or the password file for {target} is missing or cannot be read. Check sslrootcert, sslcert, "
                            + "sslkey and passfile (Npgsql keywords 'Root Certificate', 'SSL Certificate', 'SSL Key', 'Passfile').");
                case CryptographicException:
                    return Permanent($"A certificate file for {target} does not hold a certificate in PEM form. Check sslrootcert, "
                        + "sslcert and sslkey.");
                case TimeoutException:
                    return Transient(
                        $"{target} did not answer in time. Check host and port, and that its security group lets the function in.");
            }
        }

        if (exception.Message.Contains("SSL", StringComparison.Ordinal))
        {
            return Permanent(
                $"No TLS with {target}: the server does not offer it. Turn ssl on in the server; "
                    + "only a local host is reached without TLS.");
        }

        if (exception.Message.StartsWith("No password", StringComparison.Ordinal))
        {
            return Denied($"No password is configured for {target}, but the server asks for one. "
                + "Add it to the connection's environment variable.");
        }

        var message = $"Cannot open a session with {target}: {PrintableText.Escape(settings.Quote(exception.Message))}.";
        return exception is NpgsqlException { IsTransient: true } ? Transient(message) : Permanent(message);
    }

    private static async Task<string?> FindCertificateProblemAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        foreach (var certificate in settings.Certificates)
        {
            if (await certificate.DescribeAsync(settings.Describe(certificate.Server), cancellationToken) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static Failure ClassifyRefusal(PostgresException refused, ConnectionSettings settings)
    {
        var target = settings.Description;
        var words = PrintableText.Escape(settings.Quote(refused.MessageText));
        return refused.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword =>
                Denied($"The password for {target} is wrong, or there is no such user ({refused.SqlState}). {settings.CorrectPassword}"),
            PostgresErrorCodes.InvalidAuthorizationSpecification =>
                Denied($"The server does not let in {target}: {words} (28000). "
                    + "Create the role with LOGIN, or allow it in pg_hba.conf."),
            PostgresErrorCodes.InvalidCatalogName =>
                Permanent($"There is no {target}. Create the database, or correct its name in the connection's environment variable."),
            PostgresErrorCodes.InsufficientPrivilege =>
                Denied($"The user may not connect to {target}: {words} (42501). {settings.GrantConnect}"),
            PostgresErrorCodes.TooManyConnections =>
                Transient($"{target} has no connection left: {words} (53300). Raise max_connections, or connect through RDS Proxy."),
            PostgresErrorCodes.ObjectNotInPrerequisiteState =>
                Permanent($"{target} accepts no sessions: {words} (55000). Correct the database's name, or allow connections to it."),
            PostgresErrorCodes.ProtocolViolation =>
                Permanent($"The server refuses a session with {target}: {words} (08P01). "
                    + "A pooler such as PgBouncer answers so to a database, user or start-up parameter that it is not configured for."),
            _ when TransientSqlStates.Contains(refused.SqlState) =>
                Transient($"{target} accepts no sessions at the moment: {words} ({refused.SqlState})."),
            _ => Permanent($"The server refuses a session with {target}: {words} ({refused.SqlState})."),
        };
    }

    private static Failure Permanent(string message) => new(FailureKind.Permanent, message, HasUserMessage: true);

    private static Failure Transient(string message) => new(FailureKind.Transient, message, HasUserMessage: true);

    private static Failure Denied(string message) => new(FailureKind.Denied, message, HasUserMessage: true);
}
