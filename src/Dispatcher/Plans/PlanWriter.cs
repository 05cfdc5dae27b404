using System.IO.Compression;
using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Plans;

/// <summary>
/// The writer of the plan of one dry run. It writes to a temporary file as the changes are proposed, in constant memory. A failure to write
/// does not disturb the job: it fails the run at its end.
/// </summary>
/// <param name="header">The first line.</param>
/// <param name="compresses">Whether the file is compressed with gzip.</param>
/// <param name="file">The temporary file, empty. The writer disposes of it.</param>
internal sealed class PlanWriter(PlanHeader header, bool compresses, Stream file) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly PlanDigest _digest = new();
    private Stream? _output;
    private Exception? _failure;
    private long _changes;
    private long _bytes;

    /// <summary>Adds the changes of one call.</summary>
    public void Add(IReadOnlyList<Change> changes)
    {
        lock (_lock)
        {
            foreach (var change in changes)
            {
                Write(JsonLine.Create(PlanLine.Create(++_changes, change), static (writer, line) =>
                    JsonSerializer.Serialize(writer, line, PlanJsonContext.Default.PlanLine)));
                _bytes += change.Bytes;
            }
        }
    }

    /// <summary>Begins anew, because another attempt of the run proposes all changes again.</summary>
    public void Restart()
    {
        lock (_lock)
        {
            Finish();
            _output = null;
            _digest.Seal(Totals(0, complete: false));
            _changes = _bytes = 0;
            if (_failure is null)
            {
                file.SetLength(0);
            }
        }
    }

    /// <summary>Writes the last line.</summary>
    /// <param name="itemErrors">How many items could not be examined.</param>
    /// <param name="complete">Whether the dry run came to its end.</param>
    /// <returns>The totals, and the file from its beginning.</returns>
    /// <exception cref="IOException">The file could not be written.</exception>
    public (PlanTotals Totals, Stream Contents) Complete(long itemErrors, bool complete)
    {
        lock (_lock)
        {
            Begin();
            var (totals, line) = _digest.Seal(Totals(itemErrors, complete));
            Append(line);
            Finish();
            if (_failure is not null)
            {
                throw new IOException($"The plan could not be written to a temporary file: {_failure.Message}", _failure);
            }

            file.Flush();
            file.Position = 0;
            return (totals, file);
        }
    }

    public void Dispose()
    {
        Finish();
        file.Dispose();
        _digest.Dispose();
    }

    /// <summary>Writes what the compression still holds.</summary>
    private void Finish()
    {
        try
        {
            (_output as GZipStream)?.Dispose();
        }
        catch (IOException exception)
        {
            _failure ??= exception;
        }
    }

    private PlanTotals Totals(long itemErrors, bool complete) =>
        new() { Changes = _changes, Bytes = _bytes, ItemErrors = itemErrors, Complete = complete, Digest = string.Empty };

    private void Write(ReadOnlyMemory<byte> line)
    {
        Begin();
        _digest.Add(line.Span);
        Append(line);
    }

    private void Begin()
    {
        if (_output is not null)
        {
            return;
        }

        _output = compresses ? new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true) : file;
        var line = JsonLine.Create(header, static (writer, value) =>
            JsonSerializer.Serialize(writer, value, PlanJsonContext.Default.PlanHeader));
        _digest.Add(line.Span);
        Append(line);
    }

    private void Append(ReadOnlyMemory<byte> line)
    {
        if (_failure is not null)
        {
            return;
        }

        try
        {
            _output!.Write(line.Span);
            _output.WriteByte((byte)'\n');
        }
        catch (IOException exception)
        {
            _failure = exception;
        }
    }
}
