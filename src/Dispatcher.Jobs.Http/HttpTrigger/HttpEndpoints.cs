using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Jobs.Http.HttpTrigger;

/// <summary>The named endpoints of the configuration, which complete the parameters of a run.</summary>
internal sealed partial class HttpEndpoints(IConfiguration configuration)
{
    private const string Section = "HttpEndpoints";

    /// <summary>Completes parameters.</summary>
    /// <param name="parameters">The parameters of a run.</param>
    /// <returns>Parameters with a URL.</returns>
    /// <exception cref="PermanentJobException">
    /// No such endpoint, its configuration is wrong, or the parameters set what the configuration sets: whoever may send a payload could have
    /// another secret sent, or the secret sent with another request.
    /// </exception>
    public HttpTriggerParameters Complete(HttpTriggerParameters parameters)
    {
        if (parameters.Endpoint is not { } name)
        {
            return parameters;
        }

        var endpoint = Find(name);
        var replaced = Replaced(endpoint, parameters).ToList();
        if (replaced.Count > 0)
        {
            throw new PermanentJobException(
                $"The configuration of endpoint {Section}:{name} sets {string.Join(", ", replaced)}, and a payload cannot replace that. Leave it out of the payload, "
                + "or out of the configuration.");
        }

        var complete = parameters with
        {
            Url = endpoint.Url,
            Endpoint = null,
            Method = parameters.Method ?? endpoint.Method,
            Headers = Join(endpoint.Headers, parameters.Headers),
            Body = parameters.Body ?? ParseBody(name, endpoint.Body),
            TimeoutSeconds = parameters.TimeoutSeconds ?? endpoint.TimeoutSeconds,
            ExpectedStatus = parameters.ExpectedStatus ?? endpoint.ExpectedStatus,
            SecretHeader = parameters.SecretHeader ?? endpoint.SecretHeader,
            SecretScheme = parameters.SecretScheme ?? endpoint.SecretScheme,
            Secret = parameters.Secret ?? endpoint.Secret,
        };
        var problems = Check(complete).ToList();
        return problems.Count == 0
            ? complete
            : throw new PermanentJobException($"The endpoint {Section}:{name} is not complete. {string.Join(" ", problems)}");
    }

    private static IEnumerable<string> Replaced(HttpEndpoint endpoint, HttpTriggerParameters parameters)
    {
        (string Name, object? Ours, object? Theirs)[] settings =
        [
            ("'method'", endpoint.Method, parameters.Method),
            ("'body'", endpoint.Body, parameters.Body),
            ("'timeoutSeconds'", endpoint.TimeoutSeconds, parameters.TimeoutSeconds),
            ("'expectedStatus'", endpoint.ExpectedStatus, parameters.ExpectedStatus),
            ("'secretHeader'", endpoint.SecretHeader, parameters.SecretHeader),
            ("'secretScheme'", endpoint.SecretScheme, parameters.SecretScheme),
            ("'secret'", endpoint.Secret, parameters.Secret),
        ];
        var headers = endpoint.Headers?.Keys.Where(key => parameters.Headers?.Keys.Contains(key, StringComparer.OrdinalIgnoreCase) == true) ?? [];
        return settings.Where(setting => setting is { Ours: not null, Theirs: not null }).Select(setting => setting.Name)
            .Concat(headers.Select(header => $"the header '{header}'"));
    }

    private static Dictionary<string, string>? Join(Dictionary<string, string>? ours, Dictionary<string, string>? theirs) =>
        ours is null || theirs is null ? ours ?? theirs : new Dictionary<string, string>(ours.Concat(theirs), StringComparer.OrdinalIgnoreCase);

    private static JsonElement? ParseBody(string name, string? body)
    {
        try
        {
            return body is null ? null : JobRequestReader.Parse(Encoding.UTF8.GetBytes(body));
        }
        catch (JobRequestException exception)
        {
            throw new PermanentJobException($"{Section}:{name}:Body is not JSON. Write it as one JSON text.", exception);
        }
    }

    /// <summary>Checks what the configuration said by the rules that hold for a payload.</summary>
    private static IEnumerable<string> Check(HttpTriggerParameters complete)
    {
        if (complete.Url is { } url && RequestRules.Url(url) is { } wrongUrl)
        {
            yield return $"Url is {Redaction.Url(url.OriginalString)}: {wrongUrl}";
        }

        if (complete.Method is { } method && !Regex.IsMatch(method, RequestRules.MethodPattern))
        {
            yield return $"Method is {(method.Length <= 10 && method.All(char.IsAsciiLetter) ? $"'{method}'" : "wrong")}: it must be one of {RequestRules.Methods}.";
        }

        if (complete.Headers is { } headers && RequestRules.Headers(headers) is { } wrongHeaders)
        {
            yield return $"Headers: {wrongHeaders}";
        }

        if (complete.TimeoutSeconds is { } seconds && seconds is < 1 or > RequestRules.MaxTimeoutSeconds)
        {
            yield return $"TimeoutSeconds is {seconds}: it must be from 1 to {RequestRules.MaxTimeoutSeconds}.";
        }

        if (complete.ExpectedStatus is { } expected && RequestRules.ExpectedStatus(expected) is { } wrongStatus)
        {
            yield return $"ExpectedStatus: {wrongStatus}";
        }

        foreach (var failed in complete.Validate(new ValidationContext(complete, nameof(HttpEndpoint), serviceProvider: null, items: null)))
        {
            yield return failed.ErrorMessage!;
        }
    }

    private HttpEndpoint Find(string name)
    {
        var endpoints = configuration.GetSection(Section).GetChildren().ToList();
        var section = endpoints.Find(endpoint => string.Equals(Normalize(endpoint.Key), Normalize(name), StringComparison.OrdinalIgnoreCase))
                      ?? throw new PermanentJobException(
                          $"No endpoint named {(IsName(name) ? $"'{name}'" : "as the payload says (not shown, because it is not a name)")} is configured. Configured: {Names(endpoints)}. "
                          + $"Set {Section}__{(IsName(name) ? name.Replace('-', '_') : "NAME")}__Url, or give 'url'.");
        try
        {
            return section.Get<HttpEndpoint>(options => options.ErrorOnUnknownConfiguration = true)!;
        }
        catch (InvalidOperationException exception)
        {
            // The binder's own words, and those of its cause, quote the value, which may be a URL with a password.
            throw new PermanentJobException($"The endpoint {Section}:{name} cannot be read: {Describe(exception)}");
        }
    }

    private static bool IsName(string name) => name.Length is > 0 and <= 64 && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');

    private static string Describe(InvalidOperationException exception) =>
        WrongSetting().Match(exception.Message) is { Success: true } wrong
            ? $"the value of {wrong.Groups["key"].Value} is not {(wrong.Groups["type"].Value == typeof(Uri).FullName ? "a URL" : "a whole number")}."
            : exception.Message;

    [GeneratedRegex(@"' at '(?<key>[^']*)' to type '(?<type>[^']*)'", RegexOptions.CultureInvariant | RegexOptions.RightToLeft)]
    private static partial Regex WrongSetting();

    /// <summary>Takes '_' for '-': the names of Lambda's environment variables have no hyphens.</summary>
    private static string Normalize(string name) => name.Replace('_', '-');

    private static string Names(List<IConfigurationSection> endpoints) =>
        endpoints.Count == 0 ? "none" : string.Join(", ", endpoints.Select(endpoint => endpoint.Key));
}
