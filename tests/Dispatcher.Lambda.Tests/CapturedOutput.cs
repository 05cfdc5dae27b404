using System.Text;
using System.Text.Json;

namespace Dispatcher.Lambda.Tests;

/// <summary>Keeps what is written to the output, line by line.</summary>
internal sealed class CapturedOutput : IDisposable
{
    private readonly MemoryStream _stream = new();

    public CapturedOutput() => Output = new LambdaOutput(_stream);

    public LambdaOutput Output { get; }

    public string Text => Encoding.UTF8.GetString(_stream.ToArray());

    public IReadOnlyList<string> Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Gets the lines as JSON; a line that is not JSON throws.</summary>
    public IReadOnlyList<JsonElement> Json => [.. Lines.Select(static line => JsonElement.Parse(line))];

    public void Dispose() => _stream.Dispose();
}
