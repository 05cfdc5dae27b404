using System.Reflection;

namespace Dispatcher.Postgres.Sql;

/// <summary>Reads the .sql files that are embedded in this assembly.</summary>
internal static class EmbeddedSql
{
    private static readonly Assembly Assembly = typeof(EmbeddedSql).Assembly;

    /// <summary>Gets the names of all embedded files that begin with a prefix.</summary>
    public static IEnumerable<string> Names(string prefix) =>
        Assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>Reads a file.</summary>
    public static string Read(string name)
    {
        using var stream = Assembly.GetManifestResourceStream(name)
                           ?? throw new InvalidOperationException($"'{name}' is not embedded. Embedded: {string.Join(", ", Names(string.Empty))}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
