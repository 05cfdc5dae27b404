using Dispatcher.Ui.Pages;
using Microsoft.AspNetCore.Http;

namespace Dispatcher.Ui.Hosting;

/// <summary>
/// The guard of every request. It refuses names that another site could have pointed at this machine, requests without the token, and
/// forms that do not come from a page of this server.
/// </summary>
/// <param name="token">The token.</param>
/// <param name="allowRuns">Whether anything but reading is allowed.</param>
internal sealed class RequestGuard(AccessToken token, bool allowRuns)
{
    /// <summary>The name of the parameter and of the field that hold a token.</summary>
    public const string Field = FormFields.TokenName;

    private const string Policy =
        "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; script-src 'self'; img-src 'self' data:; "
        + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Answers a request, or passes it on.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">The pages.</param>
    /// <returns>A task that ends with the answer.</returns>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        AddHeaders(context.Response.Headers);
        var refusal = await CheckAsync(context);
        if (refusal is not null)
        {
            await Refusal.WriteAsync(context, refusal);
            return;
        }

        if (context.Request.Query.ContainsKey(Field))
        {
            Admit(context);
            return;
        }

        await next(context);
    }

    private static void AddHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";

        // Not 'no-referrer', with which browsers leave the origin out of the forms of these pages too.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    /// <summary>Names the cookie: cookies do not tell ports apart, and several servers may run on this machine.</summary>
    private static string CookieOf(HttpContext context) => $"dispatch-ui-{context.Connection.LocalPort}";

    private async Task<Refusal?> CheckAsync(HttpContext context)
    {
        var request = context.Request;
        var port = context.Connection.LocalPort;
        if (request.Host.Value != $"127.0.0.1:{port}" && request.Host.Value != $"localhost:{port}")
        {
            return new Refusal(
                StatusCodes.Status421MisdirectedRequest, "This name is not served. Open the address that the command printed.");
        }

        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (isRead && request.Query.TryGetValue(Field, out var given))
        {
            return AccessToken.Matches(given, token.Value) ? null : Refusal.Unknown;
        }

        if (!AccessToken.Matches(request.Cookies[CookieOf(context)], token.Cookie))
        {
            return Refusal.Unknown;
        }

        return isRead ? null : await CheckChangeAsync(request);
    }

    private async Task<Refusal?> CheckChangeAsync(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method))
        {
            return new Refusal(StatusCodes.Status405MethodNotAllowed, $"{request.Method} is not allowed.");
        }

        if (!allowRuns)
        {
            return new Refusal(
                StatusCodes.Status403Forbidden,
                "These pages are read-only. To plan and apply from here, start the command with --allow-runs.");
        }

        var isForeign = request.Headers.Origin is [var origin] && origin != $"http://{request.Host.Value}";
        return !isForeign && request.HasFormContentType
            && AccessToken.Matches((await request.ReadFormAsync(request.HttpContext.RequestAborted))[Field], token.Form)
                ? null
                : new Refusal(
                    StatusCodes.Status403Forbidden,
                    "This form is not from a page of this server, or is from before its last start. "
                    + "Load the page again.");
    }

    /// <summary>Keeps the token in a cookie and takes it out of the address, which a screen or a history may show.</summary>
    private void Admit(HttpContext context)
    {
        context.Response.Cookies.Append(
            CookieOf(context), token.Cookie, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = context.Request.Path.Value is { } path && path.StartsWith("//", StringComparison.Ordinal)
            ? "/"
            : context.Request.Path.ToUriComponent();
    }
}
