using Dispatcher.Text;

namespace Dispatcher.Tool.Exports;

/// <summary>A table of JSON lines, partitioned by day and job.</summary>
/// <typeparam name="T">What a row is made from.</typeparam>
/// <param name="Name">The name: <c>runs</c>.</param>
/// <param name="Columns">The columns, without those of the partition.</param>
internal sealed record ExportTable<T>(string Name, IReadOnlyList<ExportColumn<T>> Columns)
{
    /// <summary>Writes a row on one line.</summary>
    /// <param name="row">What it is made from.</param>
    /// <returns>JSON in UTF-8, without a line feed.</returns>
    public ReadOnlyMemory<byte> Serialize(T row) => JsonLine.Create(row, (writer, row) =>
    {
        writer.WriteStartObject();
        foreach (var column in Columns)
        {
            writer.WritePropertyName(column.Name);
            column.Write(writer, row);
        }

        writer.WriteEndObject();
    });

    /// <summary>
    /// Creates the statement that creates the table in Athena. Its partitions are computed, so that no crawler and no further statement
    /// has to add them.
    /// </summary>
    /// <param name="location">Where the export is: <c>s3://bucket/analytics</c>.</param>
    /// <param name="jobs">The names of the jobs.</param>
    /// <returns>The statement.</returns>
    public string CreateStatement(string location, IEnumerable<string> jobs)
    {
        var folder = $"{location}/{Name}";
        var columns = string.Join(",\n", Columns.Select(static column => $"  {column.Name} {column.Type}"));
        return $$"""
            CREATE EXTERNAL TABLE IF NOT EXISTS maintenance_{{Name}} (
            {{columns}}
            )
            PARTITIONED BY (dt string, job string)
            ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
            LOCATION '{{folder}}/'
            TBLPROPERTIES (
              'projection.enabled' = 'true',
              'projection.dt.type' = 'date',
              'projection.dt.format' = 'yyyy-MM-dd',
              'projection.dt.range' = '2026-01-01,NOW',
              'projection.job.type' = 'enum',
              'projection.job.values' = '{{string.Join(',', jobs)}}',
              'storage.location.template' = '{{folder}}/dt=${dt}/job=${job}/'
            );

            """.ReplaceLineEndings("\n");
    }
}
