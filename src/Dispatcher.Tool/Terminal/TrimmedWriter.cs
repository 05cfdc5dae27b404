using System.Text;

namespace Dispatcher.Tool.Terminal;

/// <summary>A writer that leaves out the blanks at the ends of lines, with which tables are filled up to their width.</summary>
/// <param name="output">The output.</param>
internal sealed class TrimmedWriter(TextWriter output) : TextWriter
{
    private readonly StringBuilder _text = new();
    private int _blanks;

    /// <inheritdoc />
    public override Encoding Encoding => output.Encoding;

    /// <inheritdoc />
    public override void Write(char value) => Write([value]);

    /// <inheritdoc />
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc />
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc />
    public override void Write(ReadOnlySpan<char> buffer)
    {
        foreach (var character in buffer)
        {
            if (character == ' ')
            {
                _blanks++;
                continue;
            }

            _text.Append(' ', character is '\r' or '\n' ? 0 : _blanks).Append(character);
            _blanks = 0;
        }

        // At once: the output is written to as often as without this writer.
        output.Write(_text);
        _text.Clear();
    }

    /// <inheritdoc />
    public override void Flush() => output.Flush();
}
