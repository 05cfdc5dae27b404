namespace Dispatcher.Deployment.Generation;

/// <summary>A difference between a template and the generated one.</summary>
/// <param name="Path">Where: <c>Resources.RotateLogsRule.Properties.State</c>.</param>
/// <param name="File">The value of the file, JSON; <see langword="null"/> if it has none.</param>
/// <param name="Generated">The generated value, JSON; <see langword="null"/> if there is none.</param>
public sealed record TemplateDifference(string Path, string? File, string? Generated);
