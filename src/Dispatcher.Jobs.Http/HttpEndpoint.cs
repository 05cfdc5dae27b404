namespace Dispatcher.Jobs.Http;

/// <summary>
/// A named endpoint, bound from the configuration section <c>HttpEndpoints:NAME</c>, so that a payload only needs
/// <c>{"endpoint":"NAME"}</c>. The settings mean what the parameters of the same names mean.
/// </summary>
internal sealed class HttpEndpoint
{
    public Uri? Url { get; set; }

    public string? Method { get; set; }

    public Dictionary<string, string>? Headers { get; set; }

    /// <summary>Gets or sets the body, JSON as text.</summary>
    public string? Body { get; set; }

    public int? TimeoutSeconds { get; set; }

    public List<int>? ExpectedStatus { get; set; }

    public string? ExpectedText { get; set; }

    /// <summary>Gets or sets the values by JSON pointer, a JSON object as text.</summary>
    public string? ExpectedJson { get; set; }

    public string? Retry { get; set; }

    public string? User { get; set; }

    public string? Password { get; set; }

    public string? AwsService { get; set; }

    public string? AwsRegion { get; set; }

    public string? SecretHeader { get; set; }

    public string? SecretScheme { get; set; }

    public string? Secret { get; set; }
}
