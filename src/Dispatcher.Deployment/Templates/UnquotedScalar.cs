namespace Dispatcher.Deployment.Templates;

/// <summary>A scalar of YAML without quotes that is read as something else than the text that it looks like.</summary>
/// <param name="Path">The names that lead to it.</param>
/// <param name="Text">The text.</param>
/// <param name="Reading">What is read: <c>the boolean false</c>.</param>
/// <param name="Line">The line.</param>
/// <param name="IsKey">Whether it is a key and not a value.</param>
internal sealed record UnquotedScalar(IReadOnlyList<string> Path, string Text, string Reading, long Line, bool IsKey);
