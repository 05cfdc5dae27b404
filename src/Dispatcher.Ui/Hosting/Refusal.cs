using System.Text;
using Dispatcher.Reporting.Html;
using Microsoft.AspNetCore.Http;

namespace Dispatcher.Ui.Hosting;

/// <summary>The answer to a request that is refused before it reaches a page.</summary>
/// <param name="StatusCode">The status.</param>
/// <param name="Reason">What is wrong, then what to do.</param>
internal sealed record Refusal(int StatusCode, string Reason)
{
    /// <summary>Gets the answer to a request without the token.</summary>
    public static Refusal Unknown { get; } = new(
        StatusCodes.Status401Unauthorized,
        "The token is missing or wrong. Open the whole address that the command printed; each start has another one.");

    /// <summary>Writes the answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="refusal">The answer.</param>
    /// <returns>A task that ends with the answer.</returns>
    public static Task WriteAsync(HttpContext context, Refusal refusal)
    {
        using var text = new StringWriter();
        new MarkupWriter(text).Write($"""
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width"/>
            <meta name="color-scheme" content="light dark"/><title>Refused</title></head>
            <body><h1>Refused</h1><p>{refusal.Reason}</p></body></html>

            """);
        context.Response.StatusCode = refusal.StatusCode;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(text.ToString(), Encoding.UTF8, context.RequestAborted);
    }
}
