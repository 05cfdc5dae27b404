using System.Collections.Frozen;

namespace Dispatcher.Aws;

/// <summary>
/// Functions that classify the error codes that services share (https://docs.aws.amazon.com/general/latest/gr/api-retries.html and the
/// common errors of each service's API reference).
/// </summary>
internal static class AwsErrorCodes
{
    private static readonly FrozenSet<string> Transient = new[]
    {
        "BandwidthLimitExceeded", "EC2ThrottledException", "IDPCommunicationError", "InternalError", "InternalFailure",
        "InternalServerError", "LimitExceededException", "PriorRequestNotComplete", "ProvisionedThroughputExceededException",
        "RequestLimitExceeded", "RequestThrottled", "RequestThrottledException", "RequestTimeout", "RequestTimeoutException",
        "ServiceUnavailable", "SlowDown",
        "ThrottledException", "Throttling", "ThrottlingException", "TooManyRequestsException", "TransactionConflictException",
        "TransactionInProgressException",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Answers that were sent before any work: the request was refused because there were too many.</summary>
    private static readonly FrozenSet<string> Throttling = new[]
    {
        "BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException", "ProvisionedThroughputExceededException",
        "RequestLimitExceeded", "RequestThrottled", "RequestThrottledException", "ServiceUnavailable", "SlowDown", "ThrottledException",
        "Throttling", "ThrottlingException", "TooManyRequestsException",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Credentials = new[]
    {
        "AuthFailure", "ExpiredToken", "ExpiredTokenException", "IncompleteSignature", "InvalidAccessKeyId", "InvalidClientTokenId",
        "InvalidSignatureException", "InvalidToken", "MissingAuthenticationToken", "MissingAuthenticationTokenException",
        "RequestExpired", "RequestTimeTooSkewed", "SignatureDoesNotMatch", "TokenRefreshRequired", "UnrecognizedClientException",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Denied = new[]
    {
        "AccessDenied", "AccessDeniedException", "AllAccessDisabled", "KMSAccessDeniedException", "NotAuthorized", "OptInRequired",
        "UnauthorizedOperation",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsTransient(string? code) => code is not null && Transient.Contains(code);

    public static bool IsThrottling(string? code) => code is not null && Throttling.Contains(code);

    public static bool IsCredentialProblem(string? code) => code is not null && Credentials.Contains(code);

    public static bool IsDenied(string? code) => code is not null && Denied.Contains(code);

    /// <summary>S3 also answers 403 for an archived object, which does not concern other objects.</summary>
    public static bool ConcernsOneItem(string? code) => code is "InvalidObjectState";
}
