using System.Reflection;
using Dispatcher.Postgres.Sql;

namespace Dispatcher.Postgres.Migrations;

/// <summary>The migrations that are embedded in an assembly, each as <c>migrations/NAME.sql</c>.</summary>
/// <param name="assembly">The assembly.</param>
public sealed class MigrationCatalog(Assembly assembly)
{
    private const string Prefix = "migrations/";

    /// <summary>Gets the names of the embedded migrations.</summary>
    public IReadOnlyList<string> Names { get; } = [.. EmbeddedSql.Names(assembly, Prefix).Select(name => name[Prefix.Length..])];

    /// <summary>Finds a migration.</summary>
    /// <param name="fileOrName">The path of a file, or the name of an embedded migration with or without <c>.sql</c>.</param>
    /// <returns>The migration.</returns>
    /// <exception cref="PermanentJobException">
    /// Neither a file nor a migration has the name, and the message lists the known ones; or the file cannot be read.
    /// </exception>
    public Migration Find(string fileOrName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(fileOrName);

        if (File.Exists(fileOrName))
        {
            return Read(fileOrName, File.ReadAllText(fileOrName));
        }

        var known = Names.FirstOrDefault(name => name == fileOrName || name == $"{fileOrName}.sql")
            ?? throw new PermanentJobException(
                $"There is no file and no migration named '{fileOrName}'. Known migrations: {string.Join(", ", Names)}.");
        return Read(known, EmbeddedSql.Read(assembly, Prefix + known));
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
