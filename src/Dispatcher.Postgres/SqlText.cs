using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;

namespace Dispatcher.Postgres;

/// <summary>
/// A statement with its values. Write it as an interpolated string: each value in braces becomes a parameter, never a part of the text.
/// </summary>
/// <remarks>
/// The type of a value decides its SQL type, as in <see cref="SqlValue.Of{T}(T)"/>; a format names another one: <c>{json:jsonb}</c>. A
/// collection is one array: <c>id = ANY({rows.Select(row => row.Id)})</c>. The names of tables and columns cannot be values.
/// </remarks>
/// <example><code>await transaction.ExecuteAsync($"DELETE FROM invitation WHERE id = ANY({ids})", cancellationToken);</code></example>
[InterpolatedStringHandler]
public sealed class SqlText
{
    private readonly StringBuilder _text;
    private readonly List<NpgsqlParameter> _values;

    /// <summary>Creates an empty statement. The compiler calls it for an interpolated string.</summary>
    /// <param name="literalLength">The number of characters outside of braces.</param>
    /// <param name="formattedCount">The number of values.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public SqlText(int literalLength, int formattedCount)
    {
        _text = new StringBuilder(literalLength + (3 * formattedCount));
        _values = new List<NpgsqlParameter>(formattedCount);
    }

    private SqlText(string text, IEnumerable<NpgsqlParameter> values)
    {
        _text = new StringBuilder(text);
        _values = [.. values];
    }

    /// <summary>Gets the text, with <c>$1</c>, <c>$2</c>, … for the values.</summary>
    public string Text => _text.ToString();

    /// <summary>Gets copies of the values: a parameter belongs to one command, a statement may run several times.</summary>
    internal IEnumerable<NpgsqlParameter> Values => _values.Select(static value => value.Clone());

    /// <summary>Creates a statement from a text that holds <c>$1</c>, <c>$2</c>, … itself, such as a <c>.sql</c> file.</summary>
    /// <param name="text">The text. It is sent as it is: never build it from values.</param>
    /// <param name="values">The values, created by <see cref="SqlValue"/>.</param>
    /// <returns>The statement.</returns>
    public static SqlText Create(string text, params IEnumerable<NpgsqlParameter> values)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(values);
        return new SqlText(text, values);
    }

    /// <summary>Appends text.</summary>
    /// <param name="value">The text.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendLiteral(string value) => _text.Append(value);

    /// <summary>Appends a value whose type decides the SQL type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="value">The value.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted<T>(T value) => AppendFormatted(value as NpgsqlParameter ?? SqlValue.Of(value));

    /// <summary>Appends the values of a sequence as one array.</summary>
    /// <typeparam name="T">The type of an element.</typeparam>
    /// <param name="values">The elements.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted<T>(IEnumerable<T> values) => AppendFormatted(SqlValue.Of<T[]>([.. values]));

    /// <summary>Appends the values of a list as one array.</summary>
    /// <typeparam name="T">The type of an element.</typeparam>
    /// <param name="values">The elements.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted<T>(IReadOnlyList<T> values) => AppendFormatted(SqlValue.Of<T[]>([.. values]));

    /// <summary>Appends a value of a named SQL type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="format">The name of the SQL type: <c>jsonb</c>.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted<T>(T value, string format)
    {
        var parameter = SqlValue.Of(value);
        parameter.DataTypeName = format;
        AppendFormatted(parameter);
    }

    /// <summary>Appends a parameter.</summary>
    /// <param name="value">The parameter, created by <see cref="SqlValue"/>.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(NpgsqlParameter value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _values.Add(value);
        _text.Append(CultureInfo.InvariantCulture, $"${_values.Count}");
    }

    /// <inheritdoc />
    public override string ToString() => Text;

    /// <summary>Creates a statement around this one, whose values keep their numbers.</summary>
    internal SqlText Wrap(string before, string after) => new($"{before}{_text}{after}", _values);
}
