using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Dispatcher.Tool.History;

/// <summary>The searchable part of a run's line, read without the rest.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Job">Its job.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Status">How it ended.</param>
internal sealed record RunHeader(string RunId, string Job, DateTimeOffset StartedAt, JobStatus Status)
{
    /// <summary>Reads a line.</summary>
    /// <param name="utf8">The line.</param>
    /// <param name="header">What it says.</param>
    /// <returns>Whether it is a whole run; a line that was torn is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out RunHeader? header)
    {
        try
        {
            header = Read(new Utf8JsonReader(utf8));
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            header = null;
        }

        return header is not null;
    }

    private static RunHeader? Read(Utf8JsonReader reader)
    {
        var (runId, job, startedAt, status) = ((string?)null, (string?)null, (DateTimeOffset?)null, (JobStatus?)null);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("runId"u8) && reader.Read())
            {
                runId = reader.GetString();
            }
            else if (reader.ValueTextEquals("job"u8) && reader.Read())
            {
                job = reader.GetString();
            }
            else if (reader.ValueTextEquals("startedAt"u8) && reader.Read())
            {
                startedAt = reader.GetDateTimeOffset();
            }
            else if (reader.ValueTextEquals("status"u8) && reader.Read())
            {
                status = Enum.TryParse<JobStatus>(reader.GetString(), ignoreCase: true, out var known) ? known : null;
            }
            else
            {
                reader.Skip();
            }
        }

        var isWhole = reader.TokenType == JsonTokenType.EndObject && !reader.Read();
        return isWhole && runId is not null && job is not null && startedAt is { } begun && status is { } ended ? new RunHeader(
            runId, job, begun, ended) : null;
    }
}
