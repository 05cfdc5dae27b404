using Dispatcher.Reporting.Estimates;

namespace Dispatcher.Tool.Commands.Reporting;

/// <summary>The options of a report.</summary>
/// <param name="Job">The only job; all jobs if <see langword="null"/>.</param>
/// <param name="Zone">Whose days and hours to use.</param>
/// <param name="Prices">What AWS charges.</param>
/// <param name="Html">The file of the page, or <c>-</c> for standard output; <see langword="null"/> for a summary on the terminal.</param>
internal sealed record ReportRequest(string? Job, TimeZoneInfo Zone, PriceList Prices, string? Html);
