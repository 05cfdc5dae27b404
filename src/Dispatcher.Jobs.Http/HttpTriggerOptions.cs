namespace Dispatcher.Jobs.Http;

/// <summary>The hosts that <c>http-trigger</c> may send requests to. Bound from the configuration section <c>HttpTrigger</c>.</summary>
public sealed class HttpTriggerOptions
{
    /// <summary>
    /// Gets the hosts that payloads may name, such as <c>api.example.com</c>, without port. With at least one here, a payload that names
    /// another host is refused, so that nobody who may invoke the function can have its secrets sent elsewhere.
    /// </summary>
    /// <value>The default value is empty: every host.</value>
    public IList<string> AllowedHosts { get; } = [];
}
