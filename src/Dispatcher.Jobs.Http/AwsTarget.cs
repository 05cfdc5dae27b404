using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Dispatcher.Jobs.Http;

/// <summary>The service and the region for which a request is signed.</summary>
/// <param name="Service">The service's signing name: <c>lambda</c>, <c>execute-api</c>.</param>
/// <param name="Region">The region, if it is known.</param>
internal sealed partial record AwsTarget(string Service, string? Region)
{
    // Amazon S3 and VPC Lattice have rules of their own for what is signed.
    private static readonly string[] Unsupported = ["s3", "s3express", "s3-object-lambda", "s3-outposts", "vpc-lattice-svcs"];

    private static readonly string[] SignatureHeaders = ["Authorization", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256"];

    /// <summary>Determines what is wrong with the parameters of a signed request.</summary>
    public static string? Problem(HttpTriggerParameters parameters)
    {
        if (parameters.AwsService is not { } service)
        {
            return parameters.AwsRegion is null
                ? null
                : "Parameter 'awsRegion' has no meaning without 'awsService'. Give both, or leave 'awsRegion' out.";
        }

        if (Unsupported.Contains(service, StringComparer.Ordinal))
        {
            return $"Requests to the service '{service}' (awsService) are signed by other rules. Use the SDK of AWS in a job for it.";
        }

        if (parameters.User is not null || SetsSignature(parameters.SecretHeader)
            || parameters.Headers?.Keys.Any(SetsSignature) == true)
        {
            return "A request with 'awsService' is signed in the headers Authorization and X-Amz-Date, X-Amz-Security-Token and "
                   + "X-Amz-Content-Sha256. Leave out 'user' and 'password', and these headers.";
        }

        return parameters.Url is { IsAbsoluteUri: true } url ? Problem(url, service, parameters) : null;
    }

    /// <summary>Finds the service and region that a host of AWS names.</summary>
    /// <returns>The target, or <see langword="null"/> if it is another host.</returns>
    public static AwsTarget? Find(Uri url) => AwsHost().Match(url.IdnHost) is { Success: true } host
        ? new AwsTarget(host.Groups["api"].Success ? "execute-api" : "lambda", host.Groups["region"].Value)
        : null;

    private static string? Problem(Uri url, string service, HttpTriggerParameters parameters)
    {
        var host = Find(url);

        // A signature for another host would be a call with the function's permissions that whoever sends the payload chooses.
        if (!parameters.IsConfigured && host?.Service != service)
        {
            return $"Parameter 'awsService' is '{service}', and the host {url.IdnHost} is not one of that service that a payload may name: "
                   + "*.lambda-url.REGION.on.aws for lambda, *.execute-api.REGION.amazonaws.com for execute-api. "
                   + "Name any other target as an endpoint of the configuration.";
        }

        if (host is not null && host.Service != service)
        {
            return $"The service is '{service}' (awsService), but the host is one of '{host.Service}'. Correct one of them.";
        }

        if (host is not null && parameters.AwsRegion is { } region && region != host.Region)
        {
            return $"The region is {region} (awsRegion), but the host is in {host.Region}. Leave 'awsRegion' out.";
        }

        // Signers and services of AWS differ in what they make of these.
        return url.AbsolutePath.Contains("//", StringComparison.Ordinal) || url.Query.Contains('+', StringComparison.Ordinal)
            ? "The URL of a signed request must not have empty segments ('//') in its path, nor '+' in its query: write %20 or %2B."
            : IsUtf8(url.Query) ? null : "The query of a signed request must be encoded in UTF-8.";
    }

    private static bool IsUtf8(string encoded)
    {
        var bytes = Encoding.ASCII.GetBytes(encoded);
        return Utf8.IsValid(WebUtility.UrlDecodeToBytes(bytes, 0, bytes.Length));
    }

    private static bool SetsSignature(string? header) => SignatureHeaders.Contains(header, StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(
        @"^[a-z0-9-]+\.((lambda-url\.(?<region>[a-z0-9-]+)\.on\.aws)|"
        + @"((?<api>execute-api)\.(?<region>[a-z0-9-]+)\.(amazonaws\.com(\.cn)?|api\.aws|vpce\.amazonaws\.com)))\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex AwsHost();
}
