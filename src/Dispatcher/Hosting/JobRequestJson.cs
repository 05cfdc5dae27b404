using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Dispatcher.Hosting;

/// <summary>The JSON form of a request: the payload that <see cref="JobRequestReader"/> reads.</summary>
public static class JobRequestJson
{
    /// <summary>Writes a request without what the host added to it.</summary>
    /// <param name="request">The request.</param>
    /// <returns>JSON on one line, in ASCII: SQS refuses some other characters.</returns>
    public static string Write(JobRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);

        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, request);
        }

        return Encoding.ASCII.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JobRequest request)
    {
        writer.WriteStartObject();
        writer.WriteString("job", request.Job);
        if (request.DryRun)
        {
            writer.WriteBoolean("dryRun", true);
        }

        if (request.Parameters.ValueKind != JsonValueKind.Undefined)
        {
            writer.WritePropertyName("parameters");
            request.Parameters.WriteTo(writer);
        }

        if (request.Id is { } id)
        {
            writer.WriteString("id", id);
        }

        if (request.ScheduledTime is { } time)
        {
            writer.WriteString("scheduledTime", time);
        }

        if (request.Continuation > 0)
        {
            writer.WriteNumber("continuation", request.Continuation);
        }

        if (request.Shards is { } shards)
        {
            writer.WriteNumber("shards", shards);
        }

        if (request.Shard is { } shard)
        {
            writer.WriteStartObject("shard");
            writer.WriteNumber("index", shard.Index);
            writer.WriteNumber("count", shard.Count);
            writer.WriteEndObject();
        }

        if (request.Plan is { } plan)
        {
            writer.WriteString("plan", plan);
        }

        LimitsJson.Write(writer, request.Limits);

        writer.WriteEndObject();
    }
}
