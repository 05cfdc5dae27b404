using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Templates;

/// <summary>
/// The values of the parameters: given by the caller, else from the deployment defaults, else the template's own defaults.
/// </summary>
internal sealed class TemplateParameters
{
    private readonly Dictionary<string, TemplateParameter> _declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly FindingCollection _findings;

    /// <summary>Combines the values.</summary>
    /// <param name="template">The template.</param>
    /// <param name="given">Values given by the caller.</param>
    /// <param name="defaults">The deployment defaults.</param>
    /// <param name="findings">Receives every problem.</param>
    /// <exception cref="InvalidSourceException">A value is given for a parameter that does not exist.</exception>
    public TemplateParameters(
        JsonElement template, IReadOnlyDictionary<string, string> given, TemplateDefaults defaults, FindingCollection findings)
    {
        _findings = findings;
        foreach (var parameter in TemplateSections.List(template, "Parameters"))
        {
            _declared[parameter.Name] = new TemplateParameter(parameter.Name, parameter.Value);
        }

        foreach (var name in given.Keys.Where(name => !_declared.ContainsKey(name)))
        {
            throw new InvalidSourceException(
                $"The template has no parameter '{name}'.{SpellingSuggester.DidYouMean(name, _declared.Keys)} "
                + $"Parameters: {(_declared.Count == 0 ? "none" : string.Join(", ", _declared.Keys))}.");
        }

        foreach (var (name, parameter) in _declared)
        {
            // Of a parameter in the Parameter Store only the key is given.
            if (!parameter.IsStored
                && (given.GetValueOrDefault(name) ?? defaults.Parameters.GetValueOrDefault(name) ?? parameter.Default) is { } value)
            {
                _values[name] = value;
                parameter.Check(value, findings);
            }
        }
    }

    /// <summary>Finds a parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="reveals">Whether to return the value of a NoEcho parameter, which must not be shown.</param>
    /// <param name="value">
    /// Its value; a placeholder such as <c>${Bucket}</c> if only a deployment knows it, or if it is that of a NoEcho parameter.
    /// </param>
    /// <returns>Whether there is such a parameter.</returns>
    public bool TryFind(string name, bool reveals, out JsonNode? value)
    {
        value = null;
        if (!_declared.TryGetValue(name, out var parameter))
        {
            return false;
        }

        if (!_values.TryGetValue(name, out var text))
        {
            _findings.Note(
                $"Parameters.{name}",
                parameter.IsStored
                    ? "Its value is in the Parameter Store, so what depends on it is not checked."
                    : $"It has no default, so what depends on it is not checked. Set it: --parameter {name}=VALUE.");
            text = $"${{{name}}}";
        }
        else if (text.Length > 0 && parameter.IsSecret && !reveals)
        {
            text = TemplateNames.SecretOf(name);
        }

        value = parameter.IsList ? new JsonArray([.. text.Split(',').Select(item => (JsonNode)item.Trim())]) : JsonValue.Create(text);
        return true;
    }

    /// <summary>Gets the names of all parameters.</summary>
    public IEnumerable<string> Names => _declared.Keys;
}
