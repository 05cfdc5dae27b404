using System.Reflection;
using Dispatcher.Reporting.Page;
using Microsoft.AspNetCore.Http;

namespace Dispatcher.Ui.Pages;

/// <summary>A file of the pages.</summary>
/// <param name="type">Its media type.</param>
/// <param name="text">Its text.</param>
internal sealed class Asset(string type, string text)
{
    /// <summary>Gets the style sheet: that of the report, and what only these pages have.</summary>
    public static Asset Style { get; } = new("text/css; charset=utf-8", ReportPage.ReadStyle() + Read("ui.css"));

    /// <summary>Gets the script, without which the pages work as well.</summary>
    public static Asset Script { get; } = new("text/javascript; charset=utf-8", Read("ui.js"));

    /// <summary>Writes the file.</summary>
    /// <param name="context">The request.</param>
    /// <returns>A task that ends with the answer.</returns>
    public Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = "private, max-age=600";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The file '{name}' is not in the assembly. Build it again.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
