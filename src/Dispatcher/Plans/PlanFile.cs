using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Dispatcher.Plans;

/// <summary>
/// A plan that was read and checked: it is whole, and its digest is right. It is kept in a temporary file, uncompressed, so that memory
/// does not grow with the plan and nobody can change it after the check.
/// </summary>
public sealed class PlanFile : IDisposable
{
    private const long MaxLength = 4L * 1024 * 1024 * 1024;

    private readonly FileStream _file;
    private readonly long _first;

    private PlanFile(string location, FileStream file, PlanHeader header, PlanTotals totals, long first)
    {
        Location = location;
        _file = file;
        Header = header;
        Totals = totals;
        _first = first;
    }

    /// <summary>Gets where the plan is.</summary>
    public string Location { get; }

    /// <summary>Gets the first line.</summary>
    public PlanHeader Header { get; }

    /// <summary>Gets the last line.</summary>
    public PlanTotals Totals { get; }

    /// <summary>Reads and checks a plan, compressed with gzip or not.</summary>
    /// <param name="location">Where it is, for messages.</param>
    /// <param name="contents">Its contents.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="InvalidPlanException">It is not a plan, is of another format, is not whole, or was changed.</exception>
    public static async Task<PlanFile> ReadAsync(string location, Stream contents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(location);
        ArgumentNullException.ThrowIfNull(contents);

        var file = await CopyAsync(location, contents, cancellationToken);
        try
        {
            return Check(location, file);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads the changes in their order, one at a time.</summary>
    /// <returns>The changes.</returns>
    /// <exception cref="InvalidPlanException">A line is not a change.</exception>
    public IEnumerable<PlannedChange> ReadChanges() => ReadPositions().Select(static item => item.Change);

    /// <summary>Deletes the temporary file.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>Reads the changes with their positions in the file.</summary>
    internal IEnumerable<(PlannedChange Change, long Position)> ReadPositions()
    {
        _file.Position = _first;
        var lines = new PlanLineReader(_file, Location);
        for (long number = 1; number <= Totals.Changes; number++)
        {
            lines.TryRead(out var line);
            yield return (ReadChange(line.Span, number), lines.Position);
        }
    }

    /// <summary>Reads the change at a position.</summary>
    internal Change ReadAt(long position)
    {
        lock (_file)
        {
            _file.Position = position;
            new PlanLineReader(_file, Location).TryRead(out var line);
            return ReadChange(line.Span, number: null).Change;
        }
    }

    /// <summary>Copies the contents to a temporary file, and from there, if they are compressed, to another one.</summary>
    private static async Task<FileStream> CopyAsync(string location, Stream contents, CancellationToken cancellationToken)
    {
        var raw = await CopyPlainAsync(location, contents, cancellationToken);
        var magic = new byte[2];
        raw.Position = 0;
        var isCompressed = await raw.ReadAtLeastAsync(magic, 2, throwOnEndOfStream: false, cancellationToken) == 2 && magic is [0x1F, 0x8B];
        raw.Position = 0;
        if (!isCompressed)
        {
            return raw;
        }

        await using var compressed = new GZipStream(raw, CompressionMode.Decompress);
        try
        {
            var plain = await CopyPlainAsync(location, compressed, cancellationToken);
            plain.Position = 0;
            return plain;
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidPlanException($"'{location}' is not a whole plan: it cannot be decompressed. Write a new plan.", exception);
        }
    }

    private static async Task<FileStream> CopyPlainAsync(string location, Stream contents, CancellationToken cancellationToken)
    {
        var file = TemporaryPlan.Create();
        try
        {
            var buffer = new byte[64 * 1024];
            for (int read; (read = await contents.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                if (file.Position > MaxLength)
                {
                    throw new InvalidPlanException($"'{location}' is not a plan: it is longer than {MaxLength} bytes.");
                }
            }

            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static PlanFile Check(string location, FileStream file)
    {
        using var digest = new PlanDigest();
        var lines = new PlanLineReader(file, location);
        if (!lines.TryRead(out var line))
        {
            throw new InvalidPlanException($"'{location}' is empty, not a plan. Write one: run JOB --dry-run --plan FILE.");
        }

        var header = ReadHeader(location, line.Span);
        digest.Add(line.Span);
        var first = line.Length + 1L;
        long changes = 0;
        while (lines.TryRead(out line))
        {
            if (!line.Span.StartsWith("{\"type\":\"end\","u8))
            {
                digest.Add(line.Span);
                changes++;
                continue;
            }

            var totals = Read(() => JsonSerializer.Deserialize(line.Span, PlanJsonContext.Default.PlanTotals)!)
                ?? throw Incomplete(location);
            return digest.Matches(line.Span, totals) && totals.Changes == changes && !lines.TryRead(out _)
                ? new PlanFile(location, file, header, totals, first)
                : throw new InvalidPlanException(
                    $"The plan '{location}' was changed after it had been written: its digest does not match. Write a new plan.");
        }

        throw Incomplete(location);
    }

    private static InvalidPlanException Incomplete(string location) =>
        new($"The plan '{location}' has no end: the run that wrote it was interrupted, or the file was cut off. Write a new plan.");

    private static PlanHeader ReadHeader(string location, ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line);
        var format = Read(() => JsonElement.Parse(text) is { ValueKind: JsonValueKind.Object } json
            && json.TryGetProperty("type", out var type) && type.ValueEquals(PlanHeader.LineType)
            && json.TryGetProperty("format", out var version)
                ? version.GetString()
                : null);
        if (format is null)
        {
            throw new InvalidPlanException($"'{location}' is not a plan. Write one: run JOB --dry-run --plan FILE.");
        }

        if (format.Split('.')[0] != PlanHeader.CurrentFormat.Split('.')[0])
        {
            throw new InvalidPlanException(
                $"The plan '{location}' has the format {format}, and this dispatcher reads {PlanHeader.CurrentFormat}. "
                + "Write a new plan with this version of the dispatcher.");
        }

        return Read(() => JsonSerializer.Deserialize(text, PlanJsonContext.Default.PlanHeader))
            ?? throw new InvalidPlanException($"The first line of the plan '{location}' cannot be read. Write a new plan.");
    }

    /// <summary>Reads the line of a change. The end of the file is an empty line, which is not a change.</summary>
    private PlannedChange ReadChange(ReadOnlySpan<byte> line, long? number)
    {
        PlannedChange? change = null;
        try
        {
            change = JsonSerializer.Deserialize(line, PlanJsonContext.Default.PlanLine)?.ToChange();
        }
        catch (JsonException)
        {
            // Reported below.
        }

        return change is not null && (number is null || change.Number == number)
            ? change
            : throw new InvalidPlanException($"The plan '{Location}' cannot be read: its change {number} is damaged. Write a new plan.");
    }

    private static T? Read<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
