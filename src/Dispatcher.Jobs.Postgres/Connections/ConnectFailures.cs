using System.Net.Sockets;
using System.Security.Authentication;
using Dispatcher.Failures;
using Npgsql;

namespace Dispatcher.Jobs.Postgres.Connections;

/// <summary>Words what can go wrong while a session is opened.</summary>
internal static class ConnectFailures
{
    public static Failure Classify(Exception exception, string target)
    {
        if (exception is PostgresException refused)
        {
            return ClassifyRefusal(refused, target);
        }

        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData }:
                    return Permanent($"The host of {target} is unknown. Check the host name, and that the function runs in the VPC that resolves it.");
                case SocketException socket:
                    return Transient(
                        $"Cannot reach {target}: {socket.SocketErrorCode}. Check host and port, that the server runs, and that its security group lets the function in.");
                case AuthenticationException or IOException { InnerException: AuthenticationException }:
                    return Permanent(
                        $"The TLS certificate of {target} is not trusted: {cause.Message} Name the certificate authority with "
                        + "sslrootcert=FILE (Npgsql keyword 'Root Certificate'); for Amazon RDS that is the global-bundle.pem.");
                case FileNotFoundException or DirectoryNotFoundException:
                    return Permanent($"A certificate file for {target} is missing. Check sslrootcert (Npgsql keyword 'Root Certificate').");
                case TimeoutException:
                    return Transient(
                        $"{target} did not answer in time. Check host and port, and that its security group lets the function in.");
            }
        }

        if (exception.Message.Contains("SSL", StringComparison.Ordinal))
        {
            return Permanent(
                $"No TLS with {target}: the server does not offer it. Turn ssl on in the server; only a local host is reached without TLS.");
        }

        if (exception.Message.StartsWith("No password", StringComparison.Ordinal))
        {
            return Denied($"No password is configured for {target}, but the server asks for one. Add it to the connection's environment variable.");
        }

        return exception is NpgsqlException { IsTransient: true }
            ? Transient($"Cannot open a session with {target}: {exception.Message}")
            : Permanent($"Cannot open a session with {target}: {exception.Message}");
    }

    private static Failure ClassifyRefusal(PostgresException refused, string target) => refused.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword =>
            Denied($"The password for {target} is wrong, or there is no such user. Correct the connection's environment variable."),
        PostgresErrorCodes.InvalidAuthorizationSpecification =>
            Denied($"The server does not let in {target}: {refused.MessageText}. Create the role with LOGIN, or allow it in pg_hba.conf."),
        PostgresErrorCodes.InvalidCatalogName =>
            Permanent($"There is no {target}. Create the database, or correct its name in the connection's environment variable."),
        PostgresErrorCodes.InsufficientPrivilege =>
            Denied($"The user may not connect to {target}: {refused.MessageText}. Run GRANT CONNECT ON DATABASE … TO the user."),
        PostgresErrorCodes.TooManyConnections =>
            Transient($"{target} has no connection left: {refused.MessageText}. Raise max_connections, or connect through RDS Proxy."),
        _ when refused.IsTransient || PostgresFailureRule.IsServerGoingAway(refused.SqlState) =>
            Transient($"{target} takes no sessions at the moment: {refused.MessageText} ({refused.SqlState})."),
        _ => Permanent($"The server refuses a session with {target}: {refused.MessageText} ({refused.SqlState})."),
    };

    private static Failure Permanent(string message) => new(FailureKind.Permanent, message, IsExpected: true);

    private static Failure Transient(string message) => new(FailureKind.Transient, message, IsExpected: true);

    private static Failure Denied(string message) => new(FailureKind.Denied, message, IsExpected: true);
}
