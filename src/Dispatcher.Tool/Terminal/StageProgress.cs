namespace Dispatcher.Tool.Terminal;

/// <summary>The progress of one stage.</summary>
/// <param name="Progress">The latest report.</param>
/// <param name="Since">When the first report came, a timestamp.</param>
/// <param name="First">What the first report had done.</param>
/// <param name="Rate">How much was done per second since; <see langword="null"/> after the first report.</param>
internal sealed record StageProgress(JobProgress Progress, long Since, long First, double? Rate);
