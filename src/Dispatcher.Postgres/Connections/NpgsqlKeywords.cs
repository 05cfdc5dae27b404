using System.Data.Common;
using Npgsql;

namespace Dispatcher.Postgres.Connections;

/// <summary>Functions that read Npgsql's keywords: <c>Host=db;Database=app;Username=jobs;Password="a;b"</c>.</summary>
internal static class NpgsqlKeywords
{
    private static readonly NpgsqlConnectionStringBuilder Vocabulary = [];

    /// <summary>Reads a connection string.</summary>
    /// <param name="text">The connection string.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="UnreadableConnectionException">It cannot be read.</exception>
    public static ConnectionTarget Parse(string text)
    {
        var target = new ConnectionTarget();
        foreach (var ((keyword, value), place) in Split(text).Select((pair, index) => (pair, index + 1)))
        {
            if (!Vocabulary.ContainsKey(keyword))
            {
                throw KeywordHint.Unknown(keyword, place, KeywordHint.Npgsql);
            }

            Apply(target, keyword, value);
        }

        return target.Complete();
    }

    private static IEnumerable<(string Keyword, string Value)> Split(string text)
    {
        try
        {
            // The base class alone takes the text apart: Npgsql's own would put a value that it cannot convert into its message.
            var pairs = new DbConnectionStringBuilder { ConnectionString = text };
            return [.. pairs.Keys.Cast<string>().Select(keyword =>
                (keyword, Convert.ToString(pairs[keyword], provider: null) ?? string.Empty))];
        }
        catch (ArgumentException)
        {
            throw new UnreadableConnectionException("is neither a URL nor made of keywords, each with '=' and a value.");
        }
    }

    private static void Apply(ConnectionTarget target, string keyword, string value)
    {
        switch (keyword.ToUpperInvariant())
        {
            case "HOST" or "SERVER":
                target.ServerList.SetHosts(value);
                break;
            case "PORT":
                target.ServerList.SetPorts(value);
                break;
            case "DATABASE" or "DB":
                target.SetDatabase(value, isEscaped: false);
                break;
            case "USERNAME" or "USER NAME" or "USERID" or "USER ID" or "UID":
                target.SetUser(value, isEscaped: false);
                break;
            case "PASSWORD" or "PSW" or "PWD":
                target.SetPassword(value);
                break;
            case "SSL MODE" or "SSLMODE":
                target.SetSslMode(
                    Enum.TryParse<SslMode>(value.Replace("-", string.Empty, StringComparison.Ordinal), ignoreCase: true, out var mode)
                                  && Enum.IsDefined(mode)
                    ? mode
                    : throw new UnreadableConnectionException("has an SSL Mode that is not known. Use Require, VerifyCA or VerifyFull."));
                break;
            case "TARGET SESSION ATTRIBUTES" or "TARGETSESSIONATTRIBUTES":
                target.TargetSession = TargetSessions.Parse(value.ToLowerInvariant());
                break;
            case "TCP KEEPALIVE" or "TCPKEEPALIVE":
                target.TcpKeepAlive = ReadBoolean(value, "TCP Keepalive");
                break;
            case "LOAD BALANCE HOSTS" or "LOADBALANCEHOSTS":
                target.ServerList.IsShuffled = ReadBoolean(value, "Load Balance Hosts");
                break;
            default:
                target.SetOption(keyword, value, KeywordHint.Name(keyword, KeywordHint.Npgsql));
                break;
        }
    }

    private static bool ReadBoolean(string value, string name) => bool.TryParse(value, out var result)
        ? result
        : throw new UnreadableConnectionException($"has a value of '{name}' that is neither true nor false.");
}
