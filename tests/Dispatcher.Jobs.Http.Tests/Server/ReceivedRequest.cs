namespace Dispatcher.Jobs.Http.Tests.Server;

/// <summary>A request as it arrived.</summary>
/// <param name="Line">Its first line.</param>
/// <param name="Headers">Its headers, each as one line.</param>
/// <param name="Body">Its body.</param>
internal sealed record ReceivedRequest(string Line, IReadOnlyList<string> Headers, string Body)
{
    public string? Header(string name) =>
        Headers.FirstOrDefault(header => header.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}
