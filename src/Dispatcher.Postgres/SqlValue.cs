using Npgsql;
using NpgsqlTypes;

namespace Dispatcher.Postgres;

/// <summary>The values for <c>$1</c>, <c>$2</c>, … of a statement.</summary>
public static class SqlValue
{
    /// <summary>Makes a value; its type decides the SQL type.</summary>
    /// <typeparam name="T">
    /// The type, for example <see cref="string"/> (text), <see cref="int"/> (integer), <see cref="DateOnly"/> (date), <c>long[]</c>
    /// (bigint[]), <see cref="NpgsqlRange{T}"/> of <see cref="int"/> (int4range), <see cref="System.Text.Json.JsonDocument"/> (jsonb).
    /// </typeparam>
    /// <param name="value">The value.</param>
    /// <returns>The parameter.</returns>
    public static NpgsqlParameter Of<T>(T value) => value is DateTimeOffset { Offset.Ticks: not 0 } time

        // The server's timestamptz has no offset, and Npgsql writes UTC only.
        ? new NpgsqlParameter<DateTimeOffset> { TypedValue = time.ToUniversalTime() }
        : new NpgsqlParameter<T> { TypedValue = value };

    /// <summary>Makes a value of a SQL type that its own type does not decide, for example text as jsonb.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="type">The SQL type.</param>
    /// <returns>The parameter.</returns>
    public static NpgsqlParameter Of<T>(T value, NpgsqlDbType type) => new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type };
}
