using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dispatcher.IntegrationTests.Permissions;

/// <summary>
/// Calls of AWS services that have no package here, signed as
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html describes.
/// </summary>
internal static class SignedCalls
{
    private const string ContentType = "application/x-amz-json-1.1";

    /// <summary>Calls an operation.</summary>
    /// <param name="client">The client.</param>
    /// <param name="endpoint">The address of the server.</param>
    /// <param name="service">The service, as it is signed for: <c>ssm</c>.</param>
    /// <param name="target">The operation: <c>AmazonSSM.GetParameter</c>.</param>
    /// <param name="body">The request, JSON.</param>
    /// <param name="key">The access key and the secret key.</param>
    public static Task<HttpResponseMessage> PostAsync(
        HttpClient client, Uri endpoint, string service, string target, string body, (string Id, string Secret) key)
    {
        var time = DateTimeOffset.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{time[..8]}/{EnforcedMoto.Region}/{service}/aws4_request";
        var canonical = string.Join(
            '\n', "POST", "/", string.Empty, $"content-type:{ContentType}", $"host:{endpoint.Authority}", $"x-amz-date:{time}",
            $"x-amz-target:{target}", string.Empty, "content-type;host;x-amz-date;x-amz-target", HashOf(body));
        var toSign = string.Join('\n', "AWS4-HMAC-SHA256", time, scope, HashOf(canonical));
        var signingKey = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes($"AWS4{key.Secret}"), Sign);
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        request.Headers.TryAddWithoutValidation("X-Amz-Date", time);
        request.Headers.TryAddWithoutValidation("X-Amz-Target", target);
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={key.Id}/{scope}, SignedHeaders=content-type;host;x-amz-date;x-amz-target, "
                + $"Signature={Convert.ToHexStringLower(Sign(signingKey, toSign))}");
        return client.SendAsync(request);
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static byte[] Sign(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
