namespace Dispatcher.Jobs.Http;

/// <summary>The meaning of a status that is not a success.</summary>
internal static class AnswerStatus
{
    /// <summary>Determines whether another attempt may succeed.</summary>
    public static bool IsTransient(int status) => status is 408 or 425 or 429 or >= 500;

    /// <summary>
    /// Determines whether the endpoint may have done its work all the same. A gateway answers 502, 503 or 504 also when the connection
    /// behind it broke or timed out, an application 500 in the midst of its work, and 2xx and 303 when it is done. The other statuses
    /// refuse a request.
    /// </summary>
    public static bool MayHaveBeenExecuted(int status) => status is < 300 or 303 or (>= 500 and not (501 or 505));

    /// <summary>Returns what to do.</summary>
    public static string Remedy(int status) => status switch
    {
        < 300 => "This is not among 'expectedStatus'.",
        303 => "Redirects are not followed. If this is the endpoint's answer to work that is done, add 303 to 'expectedStatus'.",
        < 400 => "Redirects are not followed, because a POST would become a GET: give the final URL, with its trailing slash.",
        401 or 403 => "Check what proves who calls ('secretHeader' and 'secret', 'user' and 'password', or the permissions of the role "
            + "that signs), and that the server knows it.",
        404 or 405 => "Check the URL, its trailing slash and the method.",
        407 => "A proxy requires a user and password: put them into HTTP_PROXY or HTTPS_PROXY, or add the host to NO_PROXY.",
        415 => "Check the header 'Content-Type' and the body.",
        501 or 505 => "The server does not support the method or the protocol version.",
        _ when IsTransient(status) => "This may pass.",
        _ => "Check the request.",
    };
}
