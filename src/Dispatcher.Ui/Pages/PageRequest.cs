using Microsoft.AspNetCore.Http;

namespace Dispatcher.Ui.Pages;

/// <summary>A request for a page.</summary>
/// <param name="context">The request.</param>
internal sealed class PageRequest(HttpContext context)
{
    private const int MaxLength = 2_000;

    /// <summary>Gets the token that fires when the browser has left.</summary>
    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>Gets a value of the query, or of the form.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The trimmed value; <see langword="null"/> if there is none or it is empty.</returns>
    public string? this[string name] => Trim(
        context.Request.HasFormContentType ? context.Request.Form[name].ToString() : context.Request.Query[name].ToString());

    /// <summary>Gets all values of a field of the form.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The values.</returns>
    public IReadOnlyList<string> All(string name) => [.. context.Request.Form[name].OfType<string>()];

    /// <summary>Gets a part of the path.</summary>
    /// <param name="name">The name in the route.</param>
    /// <returns>The value.</returns>
    public string FromPath(string name) => context.Request.RouteValues[name]?.ToString() ?? string.Empty;

    /// <summary>Gets the number of the page of a list.</summary>
    /// <returns>The number, from 1.</returns>
    public int Page() => int.TryParse(this["page"], out var number) && number is > 1 and < 100_000 ? number : 1;

    private static string? Trim(string value) => value.Trim() is { Length: > 0 and <= MaxLength } text ? text : null;
}
