using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Dispatcher.Http.Secrets;

namespace Dispatcher.Jobs.Http;

/// <summary>The parameters of <c>http-trigger</c>. They cannot replace what a named endpoint sets.</summary>
public sealed record HttpTriggerParameters : IValidatableObject
{
    /// <summary>Gets or sets where the request goes. Either this or <see cref="Endpoint"/>.</summary>
    [Description("Where the request goes: https, or http on this machine. "
                 + "Write the trailing slash if the server has one: redirects are not followed.")]
    [Example("https://example.com/")]
    [RequestRule]
    public Uri? Url { get; set; }

    /// <summary>Gets or sets the name of an endpoint in the configuration section <c>HttpEndpoints</c>.</summary>
    [Description("Name of an endpoint in the configuration, HttpEndpoints:NAME:Url and so on, in place of url.")]
    public string? Endpoint { get; set; }

    /// <summary>Gets or sets the method.</summary>
    [Description("Method: GET, HEAD, POST, PUT, PATCH or DELETE. POST unless the endpoint says otherwise.")]
    [RegularExpression(RequestRules.MethodPattern, ErrorMessage = "it must be one of " + RequestRules.Methods + ".")]
    public string? Method { get; set; }

    /// <summary>Gets or sets headers. Secrets have their own parameters.</summary>
    [Description("Headers, name and value. No secrets: they go through secretHeader and secret.")]
    [RequestRule]
    [Sensitive]
    public Dictionary<string, string>? Headers { get; set; }

    /// <summary>
    /// Gets or sets the body: JSON; under a content type that is not JSON, a string that is sent as it is; for a form also an object.
    /// </summary>
    [Description("Body of the request: any JSON, sent as application/json; under another Content-Type in headers a string, sent as it is; "
                 + "under application/x-www-form-urlencoded also an object, sent as a form.")]
    public JsonElement? Body { get; set; }

    /// <summary>Gets or sets how long one attempt may take, its response included.</summary>
    [Description("How long one attempt may take, in seconds; 300 unless the endpoint says otherwise. The run's deadline ends it sooner.")]
    [Range(1, RequestRules.MaxTimeoutSeconds)]
    public int? TimeoutSeconds { get; set; }

    /// <summary>Gets or sets which statuses are a success.</summary>
    [Description("Statuses that are a success; every status from 200 to 299 unless given.")]
    [RequestRule]
    public IReadOnlyList<int>? ExpectedStatus { get; set; }

    /// <summary>Gets or sets a text that the body of a successful answer contains.</summary>
    [Description("Text that the body of a successful answer has to contain; without it the call fails.")]
    [StringLength(ExpectedBody.MaxTextLength, MinimumLength = 1)]
    public string? ExpectedText { get; set; }

    /// <summary>Gets or sets the values that the JSON of a successful answer has, by JSON pointer.</summary>
    [Description("Values that the JSON of a successful answer has to have, by JSON pointer: {\"/status\":\"done\"}.")]
    [RequestRule]
    public Dictionary<string, JsonElement>? ExpectedJson { get; set; }

    /// <summary>Gets or sets which failures the attempts of a run repeat.</summary>
    [Description("Failures that are repeated: 'transient' (default), every failure that may pass; 'connect', only those before the request "
                 + "was sent.")]
    [RegularExpression(RequestRules.RetryPattern, ErrorMessage = "it must be 'transient' or 'connect'.")]
    public string? Retry { get; set; }

    /// <summary>Gets or sets the user of Basic authentication, or the name of the secret that holds it.</summary>
    [Description("User of Basic authentication; or ssm:/path or secretsmanager:name#field, where the user's name is.")]
    public string? User { get; set; }

    /// <summary>Gets or sets the name of the secret that holds the password of Basic authentication, never the password itself.</summary>
    [Description("Name of the secret with the password of Basic authentication, as in 'secret'.")]
    public string? Password { get; set; }

    /// <summary>Gets or sets the service for which the request is signed with the credentials of AWS.</summary>
    [Description("AWS service for which the request is signed (SigV4): lambda for a function URL, execute-api for API Gateway.")]
    [RegularExpression("^[a-z0-9-]{1,63}$", ErrorMessage = "it must be the signing name of a service, such as lambda or execute-api.")]
    public string? AwsService { get; set; }

    /// <summary>Gets or sets the region for which the request is signed.</summary>
    [Description("AWS region for which the request is signed; that of the URL, or of the function, unless given.")]
    [RegularExpression("^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$", ErrorMessage = "it must be a region such as eu-central-1.")]
    public string? AwsRegion { get; set; }

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

    /// <summary>Gets a value indicating whether the configuration has completed the parameters.</summary>
    internal bool IsConfigured { get; init; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        string?[] problems =
        [
            (Url, Endpoint) switch
            {
                (null, null) => "Parameter 'url' is missing. Give {\"parameters\":{\"url\":\"https://…\"}}, "
                                + "or \"endpoint\" with the name of a configured one.",
                (not null, not null) => "Parameters 'url' and 'endpoint' exclude each other. Give one of them.",
                _ => null,
            },
            SecretHeader is { } header && RequestRules.HeaderName(header) is { } problem ? $"Parameter 'secretHeader': {problem}" : null,

            // The value is not repeated: it may be the secret itself.
            Secret is { } secret && SecretReference.Parse(secret) is null
                ? "Parameter 'secret' is not a name of a secret (the value is not shown, in case it is the secret itself). "
                  + "Give the name of an environment variable in upper case, ssm:NAME or secretsmanager:NAME#FIELD."
                : null,
            Endpoint is null ? RequestBody.Problem(Body, Headers) : null,
            SecretHeader is { } own && Headers?.Keys.Contains(own, StringComparer.OrdinalIgnoreCase) == true
                ? "A header is in 'headers' and in 'secretHeader'. Leave it out of 'headers'."
                : null,
            Endpoint is null && Secret is null != SecretHeader is null
                ? "Parameters 'secret' and 'secretHeader' go together. Give both or none."
                : null,
            Endpoint is null && Method == "HEAD" && (ExpectedText is not null || ExpectedJson is not null)
                ? "The answer to HEAD has no body to judge: leave out 'expectedText' and 'expectedJson', or use GET."
                : null,
            .. BasicCredentials.Problems(this),
            Endpoint is null ? AwsTarget.Problem(this) : null,
        ];
        return problems.OfType<string>().Select(problem => new ValidationResult(problem));
    }
}
