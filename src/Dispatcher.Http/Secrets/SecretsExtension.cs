using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Http.Secrets;

/// <summary>
/// A client of the AWS Parameters and Secrets Lambda extension. The extension is the cache: it keeps each value for
/// <c>SSM_PARAMETER_STORE_TTL</c> or <c>SECRETS_MANAGER_TTL</c> seconds (300 unless set). It is called every time, within the machine;
/// a second cache here would outlive a rotation by as long again.
/// </summary>
/// <remarks>
/// See https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-integration-lambda-extensions.html and
/// https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html.
/// </remarks>
internal sealed class SecretsExtension(HttpClient client, IConfiguration configuration, TimeProvider timeProvider)
{
    private const string TokenHeader = "X-Aws-Parameters-Secrets-Token";
    private const string TokenKey = "AWS_SESSION_TOKEN";

    /// <summary>Identifies the caller where it has no session token: under SnapStart.</summary>
    private const string ContainerTokenKey = "AWS_CONTAINER_AUTHORIZATION_TOKEN";

    private const string PortKey = "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT";
    private const int DefaultPort = 2773;
    private const int MaxAnswerBytes = 1024 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Reads a secret.</summary>
    /// <param name="reference">A parameter or a secret.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>The value.</returns>
    /// <exception cref="PermanentJobException">The extension or the secret does not exist, or a permission is missing.</exception>
    /// <exception cref="TransientJobException">The extension does not answer at the moment.</exception>
    public async Task<string?> ReadAsync(SecretReference reference, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, UrlOf(reference));
        request.Headers.TryAddWithoutValidation(TokenHeader, configuration[TokenKey] ?? configuration[ContainerTokenKey]);
        using var timeout = new CancellationTokenSource(Timeout, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token);
            return response.IsSuccessStatusCode
                ? ValueIn(await LimitedBody.ReadAsync(response, MaxAnswerBytes, linked.Token), reference)
                : throw Refused(reference, response.StatusCode);
        }
        catch (HttpRequestException exception)
            when (exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            throw new PermanentJobException(
                $"No Parameters and Secrets extension answers at {request.RequestUri!.Authority}, which is to read {reference}. "
                + $"Add its layer to the function, or correct {PortKey}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
                                          || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new TransientJobException(
                $"The Parameters and Secrets extension gave no complete answer within {Timeout.TotalSeconds:0} s "
                + $"when asked for {reference}.");
        }
    }

    /// <summary>Describes a refusal. The body is left out: what the extension answers must not be logged.</summary>
    private static Exception Refused(SecretReference reference, HttpStatusCode status) => status switch
    {
        // 400 is also what it says while it starts: "not ready to serve traffic, please wait".
        HttpStatusCode.BadRequest or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError =>
            new TransientJobException(
                $"The Parameters and Secrets extension answered {(int)status} when asked for {reference}. "
                + "If this stays so, check the name, and that the function's role may read it."),
        _ => new PermanentJobException(
            $"The Parameters and Secrets extension answered {(int)status} when asked for {reference}. Check the name, and that the "
            + "function's role has ssm:GetParameter or secretsmanager:GetSecretValue on it, and kms:Decrypt on its key."),
    };

    private static string? ValueIn(ReadOnlyMemory<byte> answer, SecretReference reference)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            var value = reference.Store == SecretStore.ParameterStore
                ? document.RootElement.GetProperty("Parameter").GetProperty("Value").GetString()
                : document.RootElement.GetProperty("SecretString").GetString();
            return reference.Field is { } field && value is not null ? FieldOf(value, field) : value;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Neither the answer nor the exception may be shown: both can quote the secret.
            throw new PermanentJobException(
                $"What the Parameters and Secrets extension answered does not hold {reference}. "
                + "Check that it is text, and that a field named with '#' is in it.");
        }
    }

    private static string? FieldOf(string json, string field)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(field).GetString();
    }

    private static int PortOf(string? text) =>
        string.IsNullOrWhiteSpace(text) ? DefaultPort
        : ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 ? port
        : throw new PermanentJobException(
            $"The environment variable {PortKey} is not a port"
            + (text.Length <= 10 && text.All(char.IsAsciiDigit) ? $": {text}. " : ". ")
            + "Set it to a port from 1 to 65535, or leave it out.");

    private Uri UrlOf(SecretReference reference)
    {
        var port = PortOf(configuration[PortKey]);
        var name = Uri.EscapeDataString(reference.Name);
        return reference.Store == SecretStore.ParameterStore
            ? new Uri($"http://localhost:{port}/systemsmanager/parameters/get?name={name}&withDecryption=true")
            : new Uri($"http://localhost:{port}/secretsmanager/get?secretId={name}");
    }
}
