using Microsoft.Extensions.Configuration;

namespace Dispatcher.Postgres.Connections;

/// <summary>
/// The variables of Amazon RDS: <c>RDS_PROXY_ENDPOINT</c>, <c>RDS_PORT</c>, <c>RDS_DBNAME</c>, <c>RDS_USERNAME</c>,
/// <c>RDS_PASSWORD</c>.
/// </summary>
internal static class RdsVariables
{
    /// <summary>The variable that holds the password.</summary>
    public const string PasswordKey = "RDS_PASSWORD";

    /// <summary>Reads the variables.</summary>
    /// <param name="configuration">The configuration that holds them.</param>
    /// <param name="endpoint">The value of <c>RDS_PROXY_ENDPOINT</c>.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="PermanentJobException">Some are missing or not valid; all of them are named, without their values.</exception>
    public static ConnectionTarget Read(IConfiguration configuration, string endpoint)
    {
        var problems = new List<string>();
        var target = new ConnectionTarget();
        target.ServerList.SetHosts(endpoint);
        Try("RDS_DBNAME", () => target.SetDatabase(Need("RDS_DBNAME"), isEscaped: true));
        Try("RDS_USERNAME", () => target.SetUser(Need("RDS_USERNAME"), isEscaped: true));
        target.SetPassword(Need(PasswordKey));

        if (configuration["RDS_PORT"] is { } text && !string.IsNullOrWhiteSpace(text))
        {
            Try("RDS_PORT", () => target.ServerList.SetPorts(text.Trim()));
        }

        Try(ConnectionSettings.ProxyKey, () => target.Complete());
        return problems.Count == 0 ? target : throw new PermanentJobException(problems);

        void Try(string key, Action set)
        {
            try
            {
                set();
            }
            catch (UnreadableConnectionException exception)
            {
                problems.Add($"The environment variable {key} {exception.Message} (The value is not shown: it may hold a password.)");
            }
        }

        string Need(string key)
        {
            if (configuration[key] is { } value && !string.IsNullOrWhiteSpace(value))
            {
                return value;
            }

            problems.Add(
                $"The environment variable {key} is missing. {ConnectionSettings.ProxyKey} needs RDS_DBNAME, "
                    + "RDS_USERNAME and RDS_PASSWORD beside it.");
            return string.Empty;
        }
    }
}
