using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Dispatcher.Aws.Roles;

namespace Dispatcher.Aws;

/// <summary>
/// The rule for exceptions of the AWS SDK. A failure that the SDK has already retried is <see cref="FailureKind.Exhausted"/>, so that its
/// attempts and the run's do not multiply.
/// </summary>
public sealed partial class AwsFailureRule : IFailureRule
{
    private const string CredentialsRemedy =
        "Check the credentials: the role in Lambda; elsewhere AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.";

    private const string RoleRemedy =
        "Allow sts:AssumeRole on it in the policy of the function's role, and name the function's role as the principal of its trust "
        + "policy; JobRoles=true does both. A role that was just created can take some seconds to become usable.";

    /// <inheritdoc />
    public Failure? Classify(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);

        var failure = exception switch
        {
            JobRoleException role => ClassifyRole(role),
            AmazonUnmarshallingException unreadable => ClassifyUnreadable(unreadable),
            AmazonServiceException service => ClassifyService(service),
            AmazonClientException client => ClassifyClient(client),
            HttpRequestException or IOException or SocketException or TimeoutException or OperationCanceledException
                when AwsCall.Of(exception) is { } call => ClassifyConnection(exception, call),
            _ => null,
        };

        // Whatever the last attempt answered, even a refusal: an earlier one may have been executed.
        return failure is null ? null : failure with { OutcomeUnknown = failure.OutcomeUnknown || MayHaveChanged(exception) };
    }

    /// <summary>Nothing was sent on behalf of the job; a call to STS that may succeed later has been retried already.</summary>
    private Failure ClassifyRole(JobRoleException exception)
    {
        if (exception.Cause is not { } cause)
        {
            return new Failure(FailureKind.Denied, exception.Message, HasUserMessage: true);
        }

        AwsCall.Note(cause, new AwsCall("STS", "AssumeRole", Endpoint: null));
        var denied = cause is AmazonServiceException service && IsDenied(service) && !AwsErrorCodes.IsCredentialProblem(service.ErrorCode);
        var failure = denied
            ? new Failure(FailureKind.Denied, $"{Describe((AmazonServiceException)cause)} {RoleRemedy}")
            : Classify(cause) ?? new Failure(FailureKind.Permanent, cause.Message);
        return new Failure(failure.Kind, $"{exception.Message} {failure.Message}", HasUserMessage: true);
    }

    private static Failure ClassifyService(AmazonServiceException exception)
    {
        var message = Describe(exception);
        if (exception.StatusCode == HttpStatusCode.NotImplemented || exception.ErrorCode == "NotImplemented")
        {
            return new Failure(
                FailureKind.Permanent,
                $"{message} The service at this endpoint does not implement the operation, or not in this form. Use one that does.",
                HasUserMessage: true);
        }

        if (IsTransient(exception))
        {
            var kind = AwsCall.Of(exception) is null ? FailureKind.Transient : FailureKind.Exhausted;
            return new Failure(kind, $"{message} {BusyRemedy(exception)}", HasUserMessage: true);
        }

        if (IsInAnotherRegion(exception))
        {
            return new Failure(FailureKind.Denied, $"{message} {RegionRemedy(exception)}", HasUserMessage: true);
        }

        if (AwsErrorCodes.IsCredentialProblem(exception.ErrorCode))
        {
            return new Failure(FailureKind.Denied, $"{message} {CredentialsRemedy}", HasUserMessage: true);
        }

        if (IsDenied(exception))
        {
            return new Failure(FailureKind.Denied, $"{message} {PermissionRemedy(exception)}", HasUserMessage: true);
        }

        return IsMissing(exception)
            ? new Failure(FailureKind.Permanent, $"{message} Check the name, the region and the account.", HasUserMessage: true)
            : new Failure(FailureKind.Permanent, message);
    }

    /// <summary>The service has answered, but the answer cannot be read, so it is unknown what the service did.</summary>
    private static Failure ClassifyUnreadable(AmazonUnmarshallingException exception) =>
        new(
            FailureKind.Exhausted,
            $"{Describe(exception)} The answer was cut or is not from AWS: check for a proxy in between, and run the job again later.",
            HasUserMessage: true)
        {
            OutcomeUnknown = AwsCall.Of(exception)?.Operation is not { } operation || !AwsOperation.IsRead(operation),
        };

    private static Failure ClassifyClient(AmazonClientException exception)
    {
        if (exception.Message.Contains("RegionEndpoint", StringComparison.Ordinal))
        {
            return new Failure(
                FailureKind.Denied, "No AWS region is set. Set AWS_REGION, for example to eu-central-1.", HasUserMessage: true);
        }

        // Those of the environment are checked before; these are of a profile.
        if (exception.Message.Contains("not a valid hostname", StringComparison.Ordinal)
            || exception.Message.Contains("ServiceURL is not a valid URL", StringComparison.Ordinal))
        {
            return new Failure(
                FailureKind.Denied,
                $"The region or the endpoint of the AWS configuration is invalid: {exception.Message.TrimEnd('.')}. Set AWS_REGION to a "
                    + "name such as eu-central-1, and correct endpoint_url in the profile.",
                HasUserMessage: true);
        }

        return exception.Message.Contains("credentials", StringComparison.OrdinalIgnoreCase)
            ? new Failure(FailureKind.Denied, $"No AWS credentials were found. {CredentialsRemedy}", HasUserMessage: true)
            : new Failure(FailureKind.Permanent, $"The AWS SDK failed: {exception.Message}");
    }

    private static Failure ClassifyConnection(Exception exception, AwsCall call)
    {
        var endpoint = call.Endpoint?.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        var message = call.MayHaveBeenMade && call.Operation is { } operation
            ? $"{call.Service} {operation} got no answer{(endpoint is null ? string.Empty : $" from {endpoint}")}"
            : $"{call.Service}{(endpoint is null ? string.Empty : $" at {endpoint}")} cannot be reached";
        return new Failure(
            FailureKind.Exhausted,
            $"{message}: {exception.Message.TrimEnd('.')}. Check the network and the settings AWS_ENDPOINT_URL and AWS_REGION.",
            HasUserMessage: true);
    }

    private static bool MayHaveChanged(Exception exception) => AwsCall.Of(exception) is { } call
        ? call.MayHaveBeenMade && !(call.Operation is { } operation && AwsOperation.IsRead(operation))
        : AwsAttempts.IsAmbiguous(exception);

    private static bool IsInAnotherRegion(AmazonServiceException exception) =>
        exception.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.RedirectKeepVerb
        || exception.ErrorCode is "PermanentRedirect" or "AuthorizationHeaderMalformed";

    /// <summary>S3 names the region of a bucket in every answer, even in one without a body.</summary>
    private static string RegionRemedy(AmazonServiceException exception)
    {
        var answer = (exception.InnerException as HttpErrorResponseException)?.Response;
        return answer?.GetHeaderValue("x-amz-bucket-region") is { Length: > 0 } region
            ? $"The bucket is in region {region}: set AWS_REGION to {region}."
            : "The bucket is in another region: set AWS_REGION to it.";
    }

    private static bool IsTransient(AmazonServiceException exception) =>
        exception.Retryable is not null
        || exception.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
        || AwsErrorCodes.IsTransient(exception.ErrorCode);

    private static bool IsDenied(AmazonServiceException exception) =>
        AwsErrorCodes.IsDenied(exception.ErrorCode)
        || (exception.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            && !AwsErrorCodes.ConcernsOneItem(exception.ErrorCode));

    private static bool IsMissing(AmazonServiceException exception) =>
        exception.StatusCode == HttpStatusCode.NotFound || exception.ErrorCode is "ResourceNotFoundException";

    /// <summary>A HEAD has no body, so S3 cannot name the missing permission. Without s3:ListBucket a missing key is also a 403.</summary>
    private static string PermissionRemedy(AmazonServiceException exception) =>
        AwsCall.Of(exception) is { Service: "S3", Operation: "GetObjectMetadata" }
            ? "Allow s3:GetObject and s3:ListBucket in the role's policy."
            : $"Allow {DeniedAction.Describe(exception.Message, AwsCall.Of(exception))} in the role's policy.";

    /// <summary>An emulator such as moto fails with a page of HTML for an operation that it does not implement.</summary>
    private static string BusyRemedy(AmazonServiceException exception) =>
        IsHtml(exception.Message) && AwsCall.Of(exception) is { Endpoint: { } endpoint, Operation: { } operation }
            ? $"{endpoint.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)} answers with a page, as AWS does not. An "
                + $"emulator does so for an operation that it does not implement: test with one that has {operation}, or with AWS. If it "
                + "is AWS behind a proxy, run the job again later."
            : "The service was too busy or failed; run the job again later.";

    private static bool IsHtml(string message) => message.AsSpan().TrimStart().StartsWith('<');

    /// <summary>Of a page, its title says enough.</summary>
    private static string TextOf(AmazonServiceException exception) => !IsHtml(exception.Message) ? exception.Message
        : Title().Match(exception.Message) is { Success: true } title ? title.Groups["text"].Value
        : "a page";

    [GeneratedRegex("<title>(?<text>[^<]{1,200})</title>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Title();

    private static string Describe(AmazonServiceException exception)
    {
        var call = AwsCall.Of(exception);
        var operation = call is { Operation: { } name } ? $"{call.Service} {name}" : AwsOperation.ServiceOf(exception);
        var code = string.IsNullOrEmpty(exception.ErrorCode) ? $"HTTP {(int)exception.StatusCode}" : exception.ErrorCode;
        var requestId = string.IsNullOrEmpty(exception.RequestId) ? string.Empty : $" (request id {exception.RequestId})";
        return $"{operation} failed: {code}: {TextOf(exception).Trim().TrimEnd('.')}{requestId}.";
    }
}
