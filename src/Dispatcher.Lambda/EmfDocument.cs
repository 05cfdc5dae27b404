using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Text;

namespace Dispatcher.Lambda;

/// <summary>
/// An object in the embedded metric format: <c>_aws</c> describes the metrics; the other members are the values of metrics and dimensions.
/// See https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html.
/// </summary>
/// <remarks>
/// Loops count instead of enumerating, here and in <see cref="EmfMetricsSink"/>: enumerators and LINQ over a value type are compiled in
/// each cold start.
/// </remarks>
internal static class EmfDocument
{
    /// <summary>The most dimensions of a set.</summary>
    internal const int MaxDimensions = 30;

    private const string MetadataMember = "_aws";
    private const string JobMember = "job";
    private const string RunIdMember = "runId";

    /// <summary>
    /// Rejects batches that would result in two members of the same name or in too many dimensions, which CloudWatch drops silently.
    /// </summary>
    public static void Check(MetricBatch batch)
    {
        if (batch.Dimensions.Count > MaxDimensions)
        {
            throw new ArgumentException(
                $"The metrics of namespace '{batch.Namespace}' have {batch.Dimensions.Count} dimensions. Give them at most "
                    + $"{MaxDimensions}.", nameof(batch));
        }

        var names = new HashSet<string>(batch.Dimensions.Count + batch.Values.Count + 1, StringComparer.Ordinal) { MetadataMember };
        for (var index = 0; index < batch.Dimensions.Count; index++)
        {
            Add(batch.Dimensions[index].Name);
        }

        for (var index = 0; index < batch.Values.Count; index++)
        {
            Add(batch.Values[index].Name);
        }

        void Add(string name)
        {
            if (!names.Add(name))
            {
                throw new ArgumentException(
                    $"'{name}' names two dimensions or metrics of namespace '{batch.Namespace}'. Rename one of them.", nameof(batch));
            }
        }
    }

    public static ReadOnlyMemory<byte> Create(MetricBatch batch, MetricValue[] values) =>
        JsonLine.Create(values, (writer, values) => Write(writer, batch, values));

    private static void Write(Utf8JsonWriter writer, MetricBatch batch, MetricValue[] values)
    {
        writer.WriteStartObject();
        WriteMetadata(writer, batch, values);
        WriteProperty(writer, JobMember, batch.Job, batch);
        WriteProperty(writer, RunIdMember, batch.RunId, batch);

        for (var index = 0; index < batch.Dimensions.Count; index++)
        {
            writer.WriteString(batch.Dimensions[index].Name, batch.Dimensions[index].Value);
        }

        foreach (var value in values)
        {
            writer.WriteNumber(value.Name, value.Value);
        }

        writer.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter writer, MetricBatch batch, MetricValue[] values)
    {
        writer.WriteStartObject(MetadataMember);
        writer.WriteNumber("Timestamp", batch.Timestamp.ToUnixTimeMilliseconds());
        writer.WriteStartArray("CloudWatchMetrics");
        writer.WriteStartObject();
        writer.WriteString("Namespace", batch.Namespace);
        WriteDimensionNames(writer, batch);
        WriteDefinitions(writer, values);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>
    /// Writes the set of dimensions. Without dimensions it is an empty set, because CloudWatch extracts nothing if there is no set.
    /// </summary>
    private static void WriteDimensionNames(Utf8JsonWriter writer, MetricBatch batch)
    {
        writer.WriteStartArray("Dimensions");
        writer.WriteStartArray();
        for (var index = 0; index < batch.Dimensions.Count; index++)
        {
            writer.WriteStringValue(batch.Dimensions[index].Name);
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
    }

    private static void WriteDefinitions(Utf8JsonWriter writer, MetricValue[] values)
    {
        writer.WriteStartArray("Metrics");
        foreach (var value in values)
        {
            writer.WriteStartObject();
            writer.WriteString("Name", value.Name);
            writer.WriteString("Unit", value.Unit.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes a member for searches, unless a metric or dimension has the same name.</summary>
    private static void WriteProperty(Utf8JsonWriter writer, string name, string value, MetricBatch batch)
    {
        if (!IsTaken(batch, name))
        {
            writer.WriteString(name, value);
        }
    }

    private static bool IsTaken(MetricBatch batch, string name)
    {
        for (var index = 0; index < batch.Dimensions.Count; index++)
        {
            if (batch.Dimensions[index].Name == name)
            {
                return true;
            }
        }

        for (var index = 0; index < batch.Values.Count; index++)
        {
            if (batch.Values[index].Name == name)
            {
                return true;
            }
        }

        return false;
    }
}
