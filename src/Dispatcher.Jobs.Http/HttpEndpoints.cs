using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Jobs.Http;

/// <summary>The named endpoints of the configuration, which complete the parameters of a run.</summary>
internal sealed partial class HttpEndpoints(IConfiguration configuration)
{
    private const string Section = "HttpEndpoints";

    /// <summary>Completes parameters.</summary>
    /// <param name="parameters">The parameters of a run.</param>
    /// <returns>Parameters with a URL.</returns>
    /// <exception cref="PermanentJobException">
    /// No such endpoint, its configuration is wrong, or the parameters set what the configuration sets: whoever may send a payload could
    /// have another secret sent, or the secret sent with another request.
    /// </exception>
    public HttpTriggerParameters Complete(HttpTriggerParameters parameters)
    {
        if (parameters.Endpoint is not { } name)
        {
            return parameters;
        }

        var endpoint = Find(name);
        var values = new FixedValues($"{Section}:{name}");
        var complete = parameters with
        {
            Url = endpoint.Url,
            Endpoint = null,
            IsConfigured = true,
            Method = values.Pick("method", endpoint.Method, parameters.Method),
            Body = values.Pick("body", ParseJson(name, nameof(endpoint.Body), endpoint.Body), parameters.Body),
            TimeoutSeconds = values.Pick("timeoutSeconds", endpoint.TimeoutSeconds, parameters.TimeoutSeconds),
            ExpectedStatus = values.Pick("expectedStatus", endpoint.ExpectedStatus, parameters.ExpectedStatus),
            ExpectedText = values.Pick("expectedText", endpoint.ExpectedText, parameters.ExpectedText),
            ExpectedJson = values.Pick("expectedJson", ParseExpectedJson(name, endpoint.ExpectedJson), parameters.ExpectedJson),
            Retry = values.Pick("retry", endpoint.Retry, parameters.Retry),
            User = values.Keep("user", endpoint.User, parameters.User),
            Password = values.Keep("password", endpoint.Password, parameters.Password),
            AwsService = values.Keep("awsService", endpoint.AwsService, parameters.AwsService),
            AwsRegion = values.Keep("awsRegion", endpoint.AwsRegion, parameters.AwsRegion),
            SecretHeader = values.Keep("secretHeader", endpoint.SecretHeader, parameters.SecretHeader),
            SecretScheme = values.Keep("secretScheme", endpoint.SecretScheme, parameters.SecretScheme),
            Secret = values.Keep("secret", endpoint.Secret, parameters.Secret),
            Headers = values.Join("headers.", endpoint.Headers, parameters.Headers, StringComparer.OrdinalIgnoreCase),
        };
        if (values.Problem is { } replaced)
        {
            throw new PermanentJobException(replaced);
        }

        var problems = Validate(complete).ToList();
        return problems.Count == 0
            ? complete
            : throw new PermanentJobException($"The endpoint {Section}:{name} is not complete. {string.Join(" ", problems)}");
    }

    private static JsonElement? ParseJson(string name, string setting, string? json)
    {
        try
        {
            return json is null ? null : JobRequestReader.Parse(Encoding.UTF8.GetBytes(json));
        }
        catch (JobRequestException exception)
        {
            throw new PermanentJobException($"{Section}:{name}:{setting} is not JSON. Write it as one JSON text.", exception);
        }
    }

    private static Dictionary<string, JsonElement>? ParseExpectedJson(string name, string? json)
    {
        if (ParseJson(name, nameof(HttpEndpoint.ExpectedJson), json) is not { } values)
        {
            return null;
        }

        return values.ValueKind == JsonValueKind.Object && PayloadText.FindDuplicate(values) is null
            ? values.EnumerateObject().ToDictionary(PayloadText.Name, static value => value.Value, StringComparer.Ordinal)
            : throw new PermanentJobException(
                $"{Section}:{name}:{nameof(HttpEndpoint.ExpectedJson)} is not a JSON object with each pointer once. "
                + "Write it like {\"/status\":\"done\"}.");
    }

    /// <summary>Returns what is wrong with a configured endpoint, by the rules for a payload.</summary>
    private static IEnumerable<string> Validate(HttpTriggerParameters complete)
    {
        (string Setting, string? Problem)[] rules =
        [
            ($"Url is {Redaction.Url($"{complete.Url?.OriginalString}")}", complete.Url is { } url ? RequestRules.Url(url) : null),
            ($"Method is {PrintMethod(complete.Method)}", RequestRules.Method(complete.Method)),
            ("Headers", complete.Headers is { } headers ? RequestRules.Headers(headers) : null),
            ($"TimeoutSeconds is {complete.TimeoutSeconds}", RequestRules.Timeout(complete.TimeoutSeconds)),
            ("Retry", RequestRules.Retry(complete.Retry)),
            ("ExpectedText", complete.ExpectedText is { } text ? ExpectedBody.TextProblem(text) : null),
            ("ExpectedJson", complete.ExpectedJson is { } json ? RequestRules.ExpectedJson(json) : null),
            ("ExpectedStatus", complete.ExpectedStatus is { } expected ? RequestRules.ExpectedStatus(expected) : null),
        ];
        var context = new ValidationContext(complete, nameof(HttpEndpoint), serviceProvider: null, items: null);
        return rules.Where(rule => rule.Problem is not null).Select(rule => $"{rule.Setting}: {rule.Problem}")
            .Concat(complete.Validate(context).Select(failed => failed.ErrorMessage!));
    }

    private static string PrintMethod(string? method) =>
        method is { Length: <= 10 } && method.All(char.IsAsciiLetter) ? $"'{method}'" : "wrong";

    private HttpEndpoint Find(string name)
    {
        var endpoints = configuration.GetSection(Section).GetChildren().ToList();
        var section = endpoints.Find(
            endpoint => string.Equals(Normalize(endpoint.Key), Normalize(name), StringComparison.OrdinalIgnoreCase));
        if (section is null)
        {
            var (given, key) = IsName(name)
                ? ($"'{name}'", name.Replace('-', '_'))
                : ("as the payload says (not shown, because it is not a name)", "NAME");
            throw new PermanentJobException(
                $"No endpoint named {given} is configured. Configured: {Names(endpoints)}. Set {Section}__{key}__Url, or give 'url'.");
        }

        try
        {
            return section.Get<HttpEndpoint>(options => options.ErrorOnUnknownConfiguration = true)!;
        }
        catch (InvalidOperationException exception)
        {
            // The binder's own message, and that of its cause, quote the value, which may be a URL with a password.
            throw new PermanentJobException($"The endpoint {Section}:{name} cannot be read: {Describe(exception)}");
        }
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');

    private static string Describe(InvalidOperationException exception) =>
        WrongSetting().Match(exception.Message) is { Success: true } wrong
            ? $"the value of {wrong.Groups["key"].Value} is not "
              + (wrong.Groups["type"].Value == typeof(Uri).FullName ? "a URL." : "a whole number.")
            : exception.Message;

    [GeneratedRegex(@"' at '(?<key>[^']*)' to type '(?<type>[^']*)'", RegexOptions.CultureInvariant | RegexOptions.RightToLeft)]
    private static partial Regex WrongSetting();

    /// <summary>Treats '_' as '-': the names of Lambda's environment variables have no hyphens.</summary>
    private static string Normalize(string name) => name.Replace('_', '-');

    private static string Names(List<IConfigurationSection> endpoints) =>
        endpoints.Count == 0 ? "none" : string.Join(", ", endpoints.Select(endpoint => endpoint.Key));
}
