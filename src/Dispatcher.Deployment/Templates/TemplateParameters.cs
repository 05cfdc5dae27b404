using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Templates;

/// <summary>Knows the value of each parameter: given on the command line, else in the file of defaults, else the template's own default.</summary>
internal sealed class TemplateParameters
{
    private readonly Dictionary<string, TemplateParameter> _declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Findings _findings;

    /// <summary>Puts the values together.</summary>
    /// <param name="template">The template.</param>
    /// <param name="given">Values from the command line.</param>
    /// <param name="defaults">Values from the file of defaults.</param>
    /// <param name="findings">Takes what is wrong with them.</param>
    /// <exception cref="InvalidSourceException">A value is given for a parameter that there is not.</exception>
    public TemplateParameters(JsonElement template, IReadOnlyDictionary<string, string> given, TemplateDefaults defaults, Findings findings)
    {
        _findings = findings;
        foreach (var parameter in TemplateSections.List(template, "Parameters"))
        {
            _declared[parameter.Name] = new TemplateParameter(parameter.Name, parameter.Value);
        }

        foreach (var name in given.Keys.Where(name => !_declared.ContainsKey(name)))
        {
            throw new InvalidSourceException(
                $"The template has no parameter '{name}'.{Nearest.Hint(name, _declared.Keys)} "
                + $"Parameters: {(_declared.Count == 0 ? "none" : string.Join(", ", _declared.Keys))}.");
        }

        foreach (var (name, parameter) in _declared)
        {
            if ((given.GetValueOrDefault(name) ?? defaults.Parameters.GetValueOrDefault(name) ?? parameter.Default) is { } value)
            {
                _values[name] = value;
                parameter.Check(value, findings);
            }
        }
    }

    /// <summary>Looks a parameter up.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value; a placeholder such as <c>${Bucket}</c> where it is known only to the deployment.</param>
    /// <returns>Whether there is such a parameter.</returns>
    public bool TryFind(string name, out JsonNode? value)
    {
        value = null;
        if (!_declared.TryGetValue(name, out var parameter))
        {
            return false;
        }

        if (!_values.TryGetValue(name, out var text))
        {
            _findings.Note($"Parameters.{name}", $"It has no default, so what depends on it is not checked. Give it: --parameter {name}=VALUE.");
            text = $"${{{name}}}";
        }

        value = parameter.IsList ? new JsonArray([.. text.Split(',').Select(item => (JsonNode)item.Trim())]) : JsonValue.Create(text);
        return true;
    }

    /// <summary>Gets the names of all parameters.</summary>
    public IEnumerable<string> Names => _declared.Keys;
}
