using Npgsql;

namespace Dispatcher.Jobs.Postgres.Connections;

/// <summary>Makes the values for <c>$1</c>, <c>$2</c>, … of a statement.</summary>
public static class SqlValue
{
    /// <summary>Makes a value; its type decides the SQL type.</summary>
    /// <typeparam name="T">The type, for example <see cref="string"/> (text), <see cref="int"/> (integer), <see cref="DateOnly"/> (date).</typeparam>
    /// <param name="value">The value.</param>
    /// <returns>The parameter.</returns>
    public static NpgsqlParameter Of<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };
}
