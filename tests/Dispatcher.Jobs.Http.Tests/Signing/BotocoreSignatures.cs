using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Dispatcher.Jobs.Http.Tests.Server;

namespace Dispatcher.Jobs.Http.Tests.Signing;

/// <summary>Checks signatures with botocore, the signer of the AWS CLI.</summary>
internal static class BotocoreSignatures
{
    private const string Script = """
        import base64, json, sys
        from botocore.auth import SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials

        class Recalculation(SigV4Auth):
            def headers_to_sign(self, request):
                headers = super().headers_to_sign(request)
                for name in set(headers.keys()):
                    if name.lower() not in self.names:
                        del headers[name]
                return headers

        given = json.load(sys.stdin)
        body = base64.b64decode(given['body'])
        headers = given['headers']
        authorization = headers.pop('Authorization')
        request = AWSRequest(method=given['method'], url=given['url'], data=body, headers=headers)
        request.context['timestamp'] = headers['X-Amz-Date']
        signer = Recalculation(Credentials(given['key'], given['secret'], given['token']), given['service'], given['region'])
        fields = dict(part.split('=', 1) for part in authorization.split(' ', 1)[1].replace(' ', '').split(','))
        signer.names = fields['SignedHeaders'].split(';')
        canonical = signer.canonical_request(request)
        signature = signer.signature(signer.string_to_sign(request, canonical), request)
        print(json.dumps({
            'signature': signature, 'given': fields['Signature'], 'credential': fields['Credential'],
            'scope': signer.scope(request), 'names': signer.names, 'canonical': canonical}))
        """;

    /// <summary>Calculates the signature of a request anew.</summary>
    /// <param name="request">The request as it arrived.</param>
    /// <param name="origin">The scheme and host that it was sent to.</param>
    /// <param name="service">The service that it should be signed for.</param>
    /// <param name="region">The region that it should be signed for.</param>
    /// <param name="credentials">The key, the secret and the token.</param>
    public static async Task<JsonElement> RecalculateAsync(
        ReceivedRequest request, string origin, string service, string region, (string Key, string Secret, string? Token) credentials)
    {
        var line = request.Line.Split(' ');
        var input = JsonSerializer.Serialize(new
        {
            method = line[0],
            url = origin + line[1],
            headers = request.Headers.Select(static header => header.Split(':', 2)).ToDictionary(
                static header => header[0], static header => header[1].Trim()),
            body = Convert.ToBase64String(Encoding.UTF8.GetBytes(request.Body)),
            service,
            region,
            key = credentials.Key,
            secret = credentials.Secret,
            token = credentials.Token,
        });
        using var process = Process.Start(new ProcessStartInfo("python3", ["-c", Script])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, await error);
        return JsonElement.Parse(output);
    }
}
