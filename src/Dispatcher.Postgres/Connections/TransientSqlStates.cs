using Npgsql;

namespace Dispatcher.Postgres.Connections;

/// <summary>
/// The errors that pass without anybody's help: a restart or failover, a lost connection, too many sessions. They are listed one by one,
/// because error classes are mixed: 53100 is a full disk, 53400 a configured limit, 08P01 a bug.
/// </summary>
internal static class TransientSqlStates
{
    // Codes that Npgsql has no names for.
    private const string IdleInTransactionSessionTimeout = "25P03";
    private const string IdleSessionTimeout = "57P05";

    /// <summary>Determines whether an error is one of them.</summary>
    public static bool Contains(string sqlState) => sqlState is
        PostgresErrorCodes.ConnectionException or PostgresErrorCodes.ConnectionDoesNotExist or PostgresErrorCodes.ConnectionFailure
        or PostgresErrorCodes.SqlClientUnableToEstablishSqlConnection or PostgresErrorCodes.SqlServerRejectedEstablishmentOfSqlConnection
        or PostgresErrorCodes.TransactionResolutionUnknown
        or PostgresErrorCodes.InsufficientResources or PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.TooManyConnections
        or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
        or IdleSessionTimeout or IdleInTransactionSessionTimeout;
}
