using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Dispatcher.Text;

namespace Dispatcher.Hosting;

/// <summary>
/// The classifier of failures: decides whether a failure is transient and whether the change may have been made, and formats one message
/// about it. Libraries add what they know through <see cref="IFailureRule"/>.
/// </summary>
/// <param name="rules">The libraries' rules, in the order of their registration.</param>
public sealed class FailureClassifier(IEnumerable<IFailureRule> rules)
{
    // 425 (RFC 8470) has no name in HttpStatusCode.
    private const HttpStatusCode TooEarly = (HttpStatusCode)425;

    private readonly IFailureRule[] _rules = [.. rules];

    /// <summary>Classifies an exception.</summary>
    /// <param name="exception">Any exception.</param>
    /// <returns>What is known of it; <see cref="FailureKind.Permanent"/> if nothing is known.</returns>
    public Failure Classify(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);

        while (exception is AggregateException { InnerExceptions: [var only] })
        {
            exception = only;
        }

        if (exception is PermanentJobException permanent)
        {
            return new Failure(
                FailureKind.Permanent, permanent.Message, HasUserMessage: true)
            {
                OutcomeUnknown = permanent.OutcomeUnknown || IsUnknownToLibrary(permanent.InnerException),
            };
        }

        if (exception is TransientJobException transient)
        {
            return new Failure(FailureKind.Transient, transient.Message, HasUserMessage: true)
            {
                RetryAfter = transient.RetryAfter,
                OutcomeUnknown = transient.OutcomeUnknown || IsUnknownToLibrary(transient.InnerException),
            };
        }

        if (FindRule(exception) is { } failure)
        {
            return failure with { Message = Print(failure.Message) };
        }

        return new Failure(IsTransient(exception) ? FailureKind.Transient : FailureKind.Permanent, Print(Describe(exception)))
        {
            OutcomeUnknown = IsAnswerLost(exception),
        };
    }

    private Failure? FindRule(Exception exception)
    {
        foreach (var rule in _rules)
        {
            if (rule.Classify(exception) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    /// <summary>Determines whether a library's exception that a job has explained leaves open what became of the change.</summary>
    private bool IsUnknownToLibrary(Exception? cause) => cause is not null && FindRule(cause) is { OutcomeUnknown: true };

    /// <summary>Formats a message that quotes a library or a service: one line, without what may be a secret.</summary>
    private static string Print(string message) => PrintableText.OneLine(Redaction.Sentence(message));

    private static bool IsTransient(Exception exception) => exception switch
    {
        DbException database => database.IsTransient,
        HttpRequestException { InnerException: AuthenticationException } => false,
        HttpRequestException { StatusCode: null } => true,
        HttpRequestException { StatusCode: var status } =>
            status is HttpStatusCode.RequestTimeout or TooEarly or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
        // HttpClient words its own timeout as a cancellation, and a connection that breaks in mid-body as an I/O error.
        OperationCanceledException { InnerException: TimeoutException } => true,
        HttpIOException or IOException { InnerException: SocketException } => true,
        TimeoutException or SocketException => true,
        _ => false,
    };

    /// <summary>
    /// Determines whether the other side may have executed a request although no answer arrived: the connection broke or timed out after
    /// the request was sent, or a 500, 502 or 504 came back.
    /// </summary>
    /// <param name="exception">An exception of a connection or an HTTP client.</param>
    /// <returns><see langword="true"/> if it may have; <see langword="false"/> for a connection that was never made.</returns>
    public static bool IsAnswerLost(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError } => false,
        HttpRequestException { InnerException: AuthenticationException or SocketException { SocketErrorCode: SocketError.ConnectionRefused
            or SocketError.HostNotFound or SocketError.NetworkUnreachable } } => false,
        HttpRequestException { StatusCode: null or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway
            or HttpStatusCode.GatewayTimeout } => true,
        SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.NetworkUnreachable } =>
            false,
        OperationCanceledException { InnerException: TimeoutException } => true,
        HttpIOException or TimeoutException or SocketException or IOException { InnerException: SocketException } => true,
        _ => false,
    };

    private static string Describe(Exception exception) =>
        string.IsNullOrWhiteSpace(exception.Message) ? exception.GetType().Name : $"{exception.GetType().Name}: {exception.Message}";
}
