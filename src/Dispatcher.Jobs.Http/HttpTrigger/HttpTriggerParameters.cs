using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Dispatcher.Jobs.Http.Secrets;

namespace Dispatcher.Jobs.Http.HttpTrigger;

/// <summary>Holds the parameters of <c>http-trigger</c>. What a named endpoint sets, they cannot replace.</summary>
public sealed record HttpTriggerParameters : IValidatableObject
{
    /// <summary>Gets or sets where the request goes. Either this or <see cref="Endpoint"/>.</summary>
    [Description("Where the request goes: https, or http on this machine. Write the trailing slash if the server has one: redirects are not followed.")]
    [RequestUrl]
    public Uri? Url { get; set; }

    /// <summary>Gets or sets the name of an endpoint in the configuration section <c>HttpEndpoints</c>.</summary>
    [Description("Name of an endpoint in the configuration, HttpEndpoints:NAME:Url and so on, in place of url.")]
    public string? Endpoint { get; set; }

    /// <summary>Gets or sets the method.</summary>
    [Description("Method: GET, HEAD, POST, PUT, PATCH or DELETE. POST unless the endpoint says otherwise.")]
    [RegularExpression(RequestRules.MethodPattern, ErrorMessage = "it must be one of " + RequestRules.Methods + ".")]
    public string? Method { get; set; }

    /// <summary>Gets or sets headers. Secrets have parameters of their own.</summary>
    [Description("Headers, name and value. No secrets: they go through secretHeader and secret.")]
    [RequestHeaders]
    [Sensitive]
    public Dictionary<string, string>? Headers { get; set; }

    /// <summary>Gets or sets the body: JSON or, under a content type that is not JSON, a string that is sent as it is.</summary>
    [Description("Body of the request: any JSON, sent as application/json; a string, sent as it is, under another Content-Type in headers.")]
    public JsonElement? Body { get; set; }

    /// <summary>Gets or sets how long one attempt may take, its response included.</summary>
    [Description("How long one attempt may take, in seconds; 300 unless the endpoint says otherwise. The run's deadline ends it sooner.")]
    [Range(1, RequestRules.MaxTimeoutSeconds)]
    public int? TimeoutSeconds { get; set; }

    /// <summary>Gets or sets which statuses are a success.</summary>
    [Description("Statuses that are a success; every status from 200 to 299 unless given.")]
    [ExpectedStatus]
    public IReadOnlyList<int>? ExpectedStatus { get; set; }

    /// <summary>Gets or sets the header that carries the secret.</summary>
    [Description("Header that carries the secret, such as X-Internal-Key or Authorization.")]
    public string? SecretHeader { get; set; }

    /// <summary>Gets or sets what stands before the secret in its header.</summary>
    [Description("Word before the secret in its header, such as Bearer.")]
    [Sensitive]
    [RegularExpression("^[A-Za-z0-9-]{1,40}$", ErrorMessage = "it must be one word, such as Bearer.")]
    public string? SecretScheme { get; set; }

    /// <summary>Gets or sets the name of the secret, never the secret itself.</summary>
    [Description("Name of the secret: INTERNAL_KEY (environment variable), ssm:/path (Parameter Store) or secretsmanager:name#field.")]
    public string? Secret { get; set; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is null == Endpoint is null)
        {
            yield return new ValidationResult(
                Url is null
                    ? "Parameter 'url' is missing. Give {\"parameters\":{\"url\":\"https://…\"}}, or \"endpoint\" with the name of a configured one."
                    : "Parameters 'url' and 'endpoint' exclude each other. Give one of them.");
        }

        if (SecretHeader is { } header && RequestRules.HeaderName(header) is { } problem)
        {
            yield return new ValidationResult($"Parameter 'secretHeader': {problem}");
        }

        if (Secret is { } secret && SecretReference.Parse(secret) is null)
        {
            // The value is not repeated: it may be the secret itself.
            yield return new ValidationResult(
                "Parameter 'secret' is no name of a secret (the value is not shown, in case it is the secret itself). Give the name of an "
                + "environment variable in upper case, ssm:NAME or secretsmanager:NAME#FIELD.");
        }

        if (Endpoint is null && RequestBody.Problem(Body, Headers) is { } wrongBody)
        {
            yield return new ValidationResult(wrongBody);
        }

        if (SecretHeader is { } own && Headers?.Keys.Contains(own, StringComparer.OrdinalIgnoreCase) == true)
        {
            yield return new ValidationResult("A header is in 'headers' and in 'secretHeader'. Leave it out of 'headers'.");
        }

        if (Endpoint is null && Secret is null != SecretHeader is null)
        {
            yield return new ValidationResult("Parameters 'secret' and 'secretHeader' go together. Give both or none.");
        }
    }
}
