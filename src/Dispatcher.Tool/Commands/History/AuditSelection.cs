using Dispatcher.Hosting;

namespace Dispatcher.Tool.Commands.History;

/// <summary>The changes that a search is for.</summary>
/// <param name="Target">The target, for messages; <see langword="null"/> for any.</param>
/// <param name="Includes">Determines whether a change is one of them.</param>
internal sealed record AuditSelection(TargetPattern? Target, Func<AuditEntry, bool> Includes);
