using Dispatcher.Text;

namespace Dispatcher.Jobs.Http;

/// <summary>The location that an endpoint names in its answer.</summary>
/// <param name="url">The location, absolute.</param>
/// <param name="request">The URL of the request.</param>
internal sealed class AnswerLocation(Uri url, Uri request)
{
    /// <summary>Gets the location, absolute.</summary>
    public Uri Url => url;

    /// <summary>Gets a value indicating whether the location is the request's URL with a trailing slash.</summary>
    public bool IsWithSlash => url.Host == request.Host && url.AbsolutePath == $"{request.AbsolutePath}/";

    /// <summary>Reads the location of an answer.</summary>
    public static AnswerLocation? Read(HttpResponseMessage response, Uri request) =>
        response.Headers.Location is { } location && Uri.TryCreate(request, location.OriginalString, out var url)
            ? new AnswerLocation(url, request)
            : null;

    /// <summary>Formats the location, without scheme and host if they are those of the request.</summary>
    public override string ToString()
    {
        var printed = Redaction.Url(url);
        var origin = request.GetLeftPart(UriPartial.Authority);
        return request.UserInfo.Length == 0 && printed.StartsWith($"{origin}/", StringComparison.OrdinalIgnoreCase)
            ? printed[origin.Length..]
            : printed;
    }
}
