using Dispatcher.Failures;
using Dispatcher.Postgres.Migrations;
using Dispatcher.Postgres.Sql;

namespace Dispatcher.Jobs.Postgres.Migrations;

/// <summary>Knows the migrations that come with the project, and reads others from files.</summary>
public static class MigrationCatalog
{
    private const string Prefix = "migrations/";

    /// <summary>Gets the names of the migrations that come with the project.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. EmbeddedSql.Names(Prefix).Select(name => name[Prefix.Length..])];

    /// <summary>Finds a migration.</summary>
    /// <param name="fileOrName">The path of a file, or the name of a migration that comes with the project, with or without <c>.sql</c>.</param>
    /// <returns>The migration.</returns>
    /// <exception cref="PermanentJobException">There is none of that name; the message lists those there are. Or the file cannot be read.</exception>
    public static Migration Find(string fileOrName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(fileOrName);

        if (File.Exists(fileOrName))
        {
            return Read(fileOrName, File.ReadAllText(fileOrName));
        }

        var known = Names.FirstOrDefault(name => name == fileOrName || name == $"{fileOrName}.sql")
                    ?? throw new PermanentJobException(
                        $"There is no file and no migration named '{fileOrName}'. Known migrations: {string.Join(", ", Names)}.");
        return Read(known, EmbeddedSql.Read(Prefix + known));
    }

    private static Migration Read(string name, string sql)
    {
        try
        {
            var statements = SqlStatementSplitter.Split(sql);
            return statements.Count > 0
                ? new Migration(name, statements)
                : throw new PermanentJobException($"{name} holds no statement. Give a file with SQL.");
        }
        catch (FormatException exception)
        {
            throw new PermanentJobException($"{name} cannot be read: {exception.Message}", exception);
        }
    }
}
