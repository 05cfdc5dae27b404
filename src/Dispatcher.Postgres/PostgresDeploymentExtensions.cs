namespace Dispatcher.Postgres;

/// <summary>What the deployment of a job that uses the database needs.</summary>
public static class PostgresDeploymentExtensions
{
    private const string Secret = "{{resolve:secretsmanager:${DatabaseSecretName}:SecretString:";
    private const string Version = "::${DatabaseSecretVersionId}}}";

    /// <summary>
    /// Declares the settings of the database, which all jobs that call this share: host, port and name, and a secret with user and password
    /// that the deployment reads.
    /// </summary>
    /// <param name="deploy">The deployment.</param>
    /// <param name="label">The heading of the parameters.</param>
    /// <returns>The deployment.</returns>
    public static JobDeployment UsePostgres(this JobDeployment deploy, string label = "Database")
    {
        ArgumentNullException.ThrowIfNull(deploy);
        return deploy.Share("Database", database => database
            .Label(label)
            .Setting("RDS_PROXY_ENDPOINT", "DatabaseHost", required: true, configure: parameter => parameter
                .Text(string.Empty, "[A-Za-z0-9.-]*")
                .Describe("The host of the database or of its RDS Proxy."))
            .Setting("RDS_PORT", "DatabasePort", parameter => parameter
                .Number(5432, min: 1, max: 65535)
                .Describe("The port of the database."))
            .Setting("RDS_DBNAME", "DatabaseName", required: true, configure: parameter => parameter
                .Text(string.Empty, "[A-Za-z0-9_-]*")
                .Describe("The name of the database."))
            .Parameter("DatabaseSecretName", parameter => parameter
                .Text(string.Empty, "[A-Za-z0-9/_+=.@!-]*")
                .Describe("The secret in Secrets Manager with the fields username and password. It is read when the stack is deployed and "
                    + "not again: take one that does not rotate by itself (RDS's own do, weekly), or deploy after each rotation."))
            .Require("DatabaseSecretName")
            .Parameter("DatabaseSecretVersionId", parameter => parameter
                .Text(string.Empty, "([A-Za-z0-9-]{32,64})?")
                .Describe("The version of the secret to read. A new one makes a deployment read the secret again. Empty: the version that "
                    + "is current."))
            .SettingText("RDS_USERNAME", $"{Secret}username{Version}")
            .SettingText("RDS_PASSWORD", $"{Secret}password{Version}"));
    }
}
