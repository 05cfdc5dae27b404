using System.Text.Json;
using Dispatcher.Text;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Lambda;

/// <summary>A line of the log. Lambda reads the level and the time of a line from its members <c>level</c> and <c>timestamp</c>.</summary>
internal readonly record struct LogLine(
    DateTimeOffset Timestamp, LogLevel Level, string Category, string Message, Exception? Exception, IExternalScopeProvider Scopes)
{
    /// <summary>
    /// The maximum length of the message, in characters. Even if each needs six bytes, the line stays below CloudWatch's limit.
    /// </summary>
    internal const int MaxMessageLength = 8_000;

    /// <summary>The maximum length of the exception, in characters.</summary>
    internal const int MaxExceptionLength = 24_000;

    /// <summary>The maximum length of a scope's value, in characters.</summary>
    internal const int MaxScopeLength = 200;

    public ReadOnlyMemory<byte> ToJson() => JsonLine.Create(this, static (writer, line) => line.Write(writer));

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("timestamp", Timestamp.UtcDateTime);
        writer.WriteString("level", LambdaLogLevel.NameOf(Level));
        writer.WriteString("message", Redaction.Sentence(PrintableText.Truncate(Message, MaxMessageLength)));
        writer.WriteString("category", Category);
        WriteScopes(writer);
        if (Exception is not null)
        {
            writer.WriteString("errorType", Exception.GetType().FullName);
            writer.WriteString("exception", PrintableText.Truncate(Redaction.Sentence(Exception.ToString()), MaxExceptionLength));
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes the named values of all scopes; of two with the same name, the inner one.</summary>
    private void WriteScopes(Utf8JsonWriter writer)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        Scopes.ForEachScope(
            static (scope, values) =>
            {
                foreach (var (name, value) in scope as IEnumerable<KeyValuePair<string, object?>> ?? [])
                {
                    if (value is not null && !name.StartsWith('{'))
                    {
                        values[JsonNamingPolicy.CamelCase.ConvertName(name)] = PrintableText.Truncate(
                            value.ToString() ?? string.Empty, MaxScopeLength);
                    }
                }
            },
            values);

        foreach (var (name, value) in values)
        {
            if (name is not ("timestamp" or "level" or "message" or "category" or "errorType" or "exception"))
            {
                writer.WriteString(name, value);
            }
        }
    }
}
