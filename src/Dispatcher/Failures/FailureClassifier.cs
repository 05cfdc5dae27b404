using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Dispatcher.Failures;

/// <summary>
/// Decides in one place whether a failure is transient, and says it in one message. Libraries add what they know through
/// <see cref="IFailureRule"/>.
/// </summary>
/// <param name="rules">The libraries' rules, in the order of their registration.</param>
public sealed class FailureClassifier(IEnumerable<IFailureRule> rules)
{
    // 425 (RFC 8470) has no name in HttpStatusCode.
    private const HttpStatusCode TooEarly = (HttpStatusCode)425;

    private readonly IFailureRule[] _rules = [.. rules];

    /// <summary>Classifies an exception.</summary>
    /// <param name="exception">Any exception.</param>
    /// <returns>What is known of it; <see cref="FailureKind.Permanent"/> where nothing is.</returns>
    public Failure Classify(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);

        while (exception is AggregateException { InnerExceptions: [var only] })
        {
            exception = only;
        }

        if (exception is PermanentJobException)
        {
            return new Failure(FailureKind.Permanent, exception.Message, IsExpected: true);
        }

        foreach (var rule in _rules)
        {
            if (rule.Classify(exception) is { } failure)
            {
                return failure;
            }
        }

        return new Failure(IsTransient(exception) ? FailureKind.Transient : FailureKind.Permanent, Describe(exception));
    }

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

    private static string Describe(Exception exception) =>
        string.IsNullOrWhiteSpace(exception.Message) ? exception.GetType().Name : $"{exception.GetType().Name}: {exception.Message}";
}
