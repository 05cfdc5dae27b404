using Dispatcher.Reporting.Estimates;

namespace Dispatcher.Cli.Commands.Reporting;

/// <summary>Is what a person asked the report to be.</summary>
/// <param name="Job">The only job; all of them where it is left out.</param>
/// <param name="Zone">Whose days and hours to use.</param>
/// <param name="Prices">What AWS charges.</param>
/// <param name="Html">Where the page goes: a file, or <c>-</c> for standard output; a summary for the terminal where it is left out.</param>
internal sealed record ReportRequest(string? Job, TimeZoneInfo Zone, PriceList Prices, string? Html);
