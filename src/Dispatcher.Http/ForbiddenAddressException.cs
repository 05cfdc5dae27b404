namespace Dispatcher.Http;

/// <summary>The exception for a request to a <see cref="ForbiddenAddress"/>. Nothing was sent.</summary>
public sealed class ForbiddenAddressException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which address of which host is refused, and what to do.</param>
    public ForbiddenAddressException(string message)
        : base(message)
    {
    }
}
