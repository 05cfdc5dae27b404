namespace Dispatcher;

/// <summary>
/// The values that the configuration fixes for a run that names them, such as those of an endpoint or a profile. A payload may add values,
/// and not replace any: otherwise anyone who may send a payload could combine one part of the configuration with another target or secret.
/// </summary>
/// <param name="source">Where the values are fixed, such as <c>HttpEndpoints:daily-uptime</c>.</param>
public sealed class FixedValues(string source)
{
    private readonly List<string> _refused = [];

    /// <summary>Gets the problem that the payload gives fixed values, or <see langword="null"/> if it gives none.</summary>
    public string? Problem => _refused.Count == 0
        ? null
        : $"{string.Join(", ", _refused)}: fixed by {source}, and a payload cannot replace that. "
          + "Leave it out of the payload, or change the configuration.";

    /// <summary>Returns the configured value or, if there is none, the value of the payload.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="configured">The configured value.</param>
    /// <param name="given">The value of the payload. It is refused if there is a configured one.</param>
    /// <returns>The value of the run.</returns>
    public T? Pick<T>(string name, T? configured, T? given)
    {
        if (configured is not null && given is not null)
        {
            _refused.Add($"'{name}'");
        }

        return configured ?? given;
    }

    /// <summary>Returns the configured value, which a payload can never give, even if there is none.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="configured">The configured value.</param>
    /// <param name="given">The value of the payload. It is refused.</param>
    /// <returns>The value of the run.</returns>
    public T? Keep<T>(string name, T? configured, T? given)
    {
        if (given is not null)
        {
            _refused.Add($"'{name}'");
        }

        return configured;
    }

    /// <summary>Returns the configured values by name, with those of the payload that have other names.</summary>
    /// <param name="prefix">What the name of a value begins with in the problem: <c>tags.</c>.</param>
    /// <param name="configured">The configured values.</param>
    /// <param name="given">The values of the payload. Those with the name of a configured one are refused.</param>
    /// <param name="comparer">Compares the names.</param>
    /// <returns>The values of the run.</returns>
    public Dictionary<string, string>? Join(
        string prefix,
        IReadOnlyDictionary<string, string>? configured,
        IReadOnlyDictionary<string, string>? given,
        StringComparer comparer)
    {
        if (configured is null && given is null)
        {
            return null;
        }

        var joined = new Dictionary<string, string>(configured ?? new Dictionary<string, string>(), comparer);
        foreach (var (name, value) in given ?? new Dictionary<string, string>())
        {
            if (!joined.TryAdd(name, value))
            {
                _refused.Add($"'{prefix}{name}'");
            }
        }

        return joined;
    }
}
