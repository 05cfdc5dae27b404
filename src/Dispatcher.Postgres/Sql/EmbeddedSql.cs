using System.Reflection;

namespace Dispatcher.Postgres.Sql;

/// <summary>The .sql files that are embedded in an assembly, each under its file name.</summary>
public static class EmbeddedSql
{
    /// <summary>Reads a file.</summary>
    /// <typeparam name="T">Any type of the assembly.</typeparam>
    /// <param name="name">The file's name.</param>
    /// <returns>The text.</returns>
    /// <exception cref="InvalidOperationException">No such file is embedded.</exception>
    public static string Read<T>(string name) => Read(typeof(T).Assembly, name);

    internal static IEnumerable<string> Names(Assembly assembly, string prefix) => assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    internal static string Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"'{name}' is not embedded. Embedded: "
                + $"{string.Join(", ", Names(assembly, string.Empty))}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
