using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.History;

/// <summary>A JSON array of changes on standard output, written one by one.</summary>
internal sealed class ChangeJson : IAsyncDisposable
{
    private readonly CliTerminal _terminal;
    private readonly Utf8JsonWriter _writer;

    /// <summary>Begins the array.</summary>
    /// <param name="terminal">The output.</param>
    public ChangeJson(CliTerminal terminal)
    {
        _terminal = terminal;
        _writer = new Utf8JsonWriter(terminal.RawOutput, JsonOutput.Options(terminal));
        _writer.WriteStartArray();
    }

    /// <summary>Writes a change in the form of the trail.</summary>
    /// <param name="change">The change.</param>
    public async Task WriteAsync(AuditEntry change)
    {
        using var line = JsonDocument.Parse(AuditEntryJson.Serialize(change));
        line.RootElement.WriteTo(_writer);
        await _writer.FlushAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _writer.WriteEndArray();
        await _writer.DisposeAsync();
        _terminal.RawOutput.WriteByte((byte)'\n');
        await _terminal.RawOutput.FlushAsync();
    }
}
