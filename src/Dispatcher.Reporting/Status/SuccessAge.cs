namespace Dispatcher.Reporting.Status;

/// <summary>A limit, and the last success that counts for it.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="LastSuccess">The start of the last success within the limit; <see langword="null"/>: there is none.</param>
public sealed record SuccessAge(SuccessLimit Limit, DateTimeOffset? LastSuccess);
