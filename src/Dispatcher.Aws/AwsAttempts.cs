using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Dispatcher.Hosting;

namespace Dispatcher.Aws;

/// <summary>
/// Functions that determine whether a request may have been executed although its answer is missing. The SDK repeats such a request, and
/// the repeated request then finds the work already done: NoSuchKey, NoSuchUpload, a condition that no longer holds.
/// </summary>
public static class AwsAttempts
{
    private static readonly ConditionalWeakTable<AmazonWebServiceRequest, object> Ambiguous = [];

    /// <summary>
    /// Determines whether any attempt at a request, the SDK's own repetitions included, ended without an answer from the service: the
    /// connection broke or timed out after the request was sent, or a 500, 502 or 504 came back. Throttling and a connection that was
    /// never made do not count.
    /// </summary>
    /// <remarks>
    /// Known for clients that <see cref="AwsClientGuard.Protect{TClient}"/> has seen. Never forgotten for the same request.
    /// </remarks>
    /// <param name="request">The request, as it was passed to the client.</param>
    /// <returns><see langword="true"/> if the request may have been executed without the caller having been told.</returns>
    public static bool MayHaveBeenMade(AmazonWebServiceRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);

        return Ambiguous.TryGetValue(request, out _);
    }

    /// <summary>
    /// Determines the outcome of a change from what the last attempt at its request was answered: if an earlier one ended without an
    /// answer, the change may have been made (<see cref="ChangeOutcome.AfterLostAnswer"/>).
    /// </summary>
    /// <param name="request">The request, as it was passed to the client.</param>
    /// <param name="answered">The outcome according to the last answer.</param>
    /// <returns>The outcome.</returns>
    public static ChangeOutcome Settle(AmazonWebServiceRequest request, ChangeOutcome answered) =>
        MayHaveBeenMade(request) ? answered.AfterLostAnswer() : answered;

    /// <summary>Notes an attempt's exception on its request.</summary>
    internal static void Note(AmazonWebServiceRequest? request, Exception exception)
    {
        if (request is not null && IsAmbiguous(exception))
        {
            Ambiguous.AddOrUpdate(request, exception);
        }
    }

    internal static bool IsAmbiguous(Exception exception) => exception switch
    {
        AmazonUnmarshallingException => true,
        AmazonServiceException { StatusCode: 0, InnerException: { } inner } => IsAmbiguous(inner),
        AmazonServiceException { StatusCode: HttpStatusCode.ServiceUnavailable } busy => !AwsErrorCodes.IsThrottling(busy.ErrorCode),
        AmazonServiceException service =>
            service.StatusCode is HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout,
        AmazonClientException { InnerException: { } inner } => IsAmbiguous(inner),

        // The SDK's own timeout is a cancellation, and its connection is all that it reads and writes.
        IOException or OperationCanceledException => true,
        _ => FailureClassifier.IsAnswerLost(exception),
    };
}
