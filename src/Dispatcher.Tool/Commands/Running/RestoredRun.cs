namespace Dispatcher.Tool.Commands.Running;

/// <summary>What a restoring run takes back.</summary>
/// <param name="RunId">The run whose changes are taken back.</param>
/// <param name="Keys">What followed each <c>--key</c>.</param>
internal sealed record RestoredRun(string RunId, IReadOnlyList<string> Keys);
