namespace Dispatcher.Postgres.Connections;

/// <summary>A connection string in each of the three forms that users have: a URL, libpq's keywords, Npgsql's keywords.</summary>
internal static class ConnectionString
{
    /// <summary>The form that error messages recommend.</summary>
    internal const string RecommendedForm = "postgres://USER:PASSWORD@HOST:5432/DATABASE";

    private const string Advice =
        $"Write {RecommendedForm} with each of : / ? # @ % and blanks in a part percent-encoded, libpq's "
        + "host=HOST user=USER password='PASSWORD' dbname=DATABASE, "
        + "or Npgsql's Host=HOST;Username=USER;Password=PASSWORD;Database=DATABASE. "
        + "(The value is not shown: it may hold a password.)";

    /// <summary>Reads a connection string.</summary>
    /// <param name="text">The connection string.</param>
    /// <param name="key">The name of the setting that holds it, for the error message.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="PermanentJobException">
    /// It cannot be read. Neither the message nor an inner exception holds a part of it.
    /// </exception>
    public static ConnectionTarget Parse(string text, string key)
    {
        try
        {
            return Parse(text);
        }
        catch (UnreadableConnectionException exception)
        {
            throw new PermanentJobException($"{key} {exception.Message} {Advice}");
        }
    }

    private static ConnectionTarget Parse(string text)
    {
        if (DatabaseUrl.IsUrl(text))
        {
            return LibpqOptions.Apply(DatabaseUrl.Parse(text), isEscaped: true);
        }

        if (text.StartsWith(
            "postgres:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql:", StringComparison.OrdinalIgnoreCase))
        {
            throw new UnreadableConnectionException("begins like a URL, but its scheme is not followed by '//'.");
        }

        if (text.StartsWith('{'))
        {
            throw new UnreadableConnectionException(
                "begins with '{', as the JSON of a secret in AWS Secrets Manager does. Set RDS_PROXY_ENDPOINT, RDS_DBNAME, "
                    + "RDS_USERNAME and RDS_PASSWORD from the secret's fields.");
        }

        // "host=db password=x" is also Npgsql's keyword 'host' with an odd value, and "host=db;password=x" libpq's: the one that makes
        // sense counts.
        return text.Contains(';', StringComparison.Ordinal)
            ? ParseFirst(text, NpgsqlKeywords.Parse, LibpqKeywords)
            : ParseFirst(text, LibpqKeywords, NpgsqlKeywords.Parse);
    }

    private static ConnectionTarget LibpqKeywords(string text) =>
        LibpqOptions.Apply(Connections.LibpqKeywords.Parse(text), isEscaped: false);

    private static ConnectionTarget ParseFirst(
        string text, Func<string, ConnectionTarget> likely, Func<string, ConnectionTarget> possible)
    {
        try
        {
            return likely(text);
        }
        catch (UnreadableConnectionException reason)
        {
            try
            {
                return possible(text);
            }
            catch (UnreadableConnectionException)
            {
                throw reason;
            }
        }
    }
}
