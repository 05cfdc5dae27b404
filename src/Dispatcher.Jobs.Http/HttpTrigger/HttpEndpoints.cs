using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dispatcher.Failures;
using Dispatcher.Payload;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Jobs.Http.HttpTrigger;

/// <summary>Knows the named endpoints of the configuration, and completes the parameters of a run with them.</summary>
internal sealed class HttpEndpoints(IConfiguration configuration)
{
    private const string Section = "HttpEndpoints";

    /// <summary>Completes parameters.</summary>
    /// <param name="parameters">The parameters of a run.</param>
    /// <returns>Parameters with a URL; what they gave themselves stays.</returns>
    /// <exception cref="PermanentJobException">No such endpoint, or its configuration is wrong.</exception>
    public HttpTriggerParameters Complete(HttpTriggerParameters parameters)
    {
        if (parameters.Endpoint is not { } name)
        {
            return parameters;
        }

        var endpoint = Find(name);
        var complete = parameters with
        {
            Url = endpoint.Url,
            Endpoint = null,
            Method = parameters.Method ?? endpoint.Method,
            Headers = Merge(endpoint.Headers, parameters.Headers),
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

    private static Dictionary<string, string>? Merge(Dictionary<string, string>? first, Dictionary<string, string>? second)
    {
        if (first is null || second is null)
        {
            return first ?? second;
        }

        var merged = new Dictionary<string, string>(first, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in second)
        {
            merged[name] = value;
        }

        return merged;
    }

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
            yield return $"Url is {PrintedUrl.Of(url)}: {wrongUrl}";
        }

        if (complete.Method is { } method && !Regex.IsMatch(method, RequestRules.MethodPattern))
        {
            yield return $"Method is '{method}': it must be one of {RequestRules.Methods}.";
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
                          $"No endpoint named '{name}' is configured. Configured: {Names(endpoints)}. Set {Section}__{name.Replace('-', '_')}__Url, or give 'url'.");
        try
        {
            return section.Get<HttpEndpoint>(options => options.ErrorOnUnknownConfiguration = true)!;
        }
        catch (InvalidOperationException exception)
        {
            throw new PermanentJobException($"The endpoint {Section}:{name} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Takes '_' for '-': the names of Lambda's environment variables have no hyphens.</summary>
    private static string Normalize(string name) => name.Replace('_', '-');

    private static string Names(List<IConfigurationSection> endpoints) =>
        endpoints.Count == 0 ? "none" : string.Join(", ", endpoints.Select(endpoint => endpoint.Key));
}
