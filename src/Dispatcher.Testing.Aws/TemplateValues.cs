using System.Text.RegularExpressions;
using Dispatcher.Declarations;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Testing.Aws;

/// <summary>
/// The values that the parameters of a deployment have in a test: those that the test gives, those that follow from the harness's settings,
/// and the defaults.
/// </summary>
internal sealed partial class TemplateValues
{
    private readonly IReadOnlyDictionary<string, string> _given;
    private readonly IConfiguration _configuration;
    private readonly Dictionary<string, string> _values;

    /// <summary>Creates values without a deployment.</summary>
    /// <param name="given">The values that the test gives.</param>
    /// <param name="configuration">The settings of the harness.</param>
    public TemplateValues(IReadOnlyDictionary<string, string> given, IConfiguration configuration)
        : this(given, configuration, new Dictionary<string, string>(given))
    {
    }

    private TemplateValues(
        IReadOnlyDictionary<string, string> given, IConfiguration configuration, Dictionary<string, string> values) =>
        (_given, _configuration, _values) = (given, configuration, values);

    /// <summary>Adds what the settings and the parameters of a deployment tell.</summary>
    public TemplateValues With(DeploymentNeeds needs)
    {
        var values = new Dictionary<string, string>(_values);
        foreach (var parameter in needs.Parameters.Where(static parameter => !string.IsNullOrEmpty(parameter.Default)))
        {
            values.TryAdd(parameter.Name, parameter.Default!);
        }

        foreach (var (name, value) in needs.Settings.SelectMany(ReadSetting).Concat(_given.Select(pair => (pair.Key, pair.Value))))
        {
            values[name] = value;
        }

        return new TemplateValues(_given, _configuration, values);
    }

    public string? ValueOf(string parameter) => _values.GetValueOrDefault(parameter);

    /// <summary>Replaces the parameters in a resource. A parameter that is a list stands for several resources.</summary>
    public IEnumerable<string> Resolve(string resource)
    {
        var isAlone = Placeholder().Match(resource) is { Success: true } whole && whole.Length == resource.Length;
        var resolved = Placeholder().Replace(resource, placeholder => Replace(placeholder, resource));
        return isAlone ? resolved.Split(',', StringSplitOptions.TrimEntries) : [resolved];
    }

    /// <summary>Writes parameters for their values in an ARN, as a declaration would.</summary>
    public string Generalize(string resource) => _values
        .Where(static pair => pair.Value.Length > 2)
        .OrderByDescending(static pair => pair.Value.Length)
        .Aggregate(resource, static (text, pair) => Regex.Replace(
            text, $@"(?<=[:/]){Regex.Escape(pair.Value)}(?=[:/]|$)", $"$${{{pair.Key}}}", RegexOptions.CultureInvariant));

    private string Replace(Match placeholder, string resource)
    {
        var name = placeholder.Groups["name"].Value;
        if (name.StartsWith("AWS::", StringComparison.Ordinal))
        {
            return placeholder.Value;
        }

        return ValueOf(name) ?? throw new JobContractException(
            $"The resource {resource} names the parameter '{name}', which has no value in this test. "
            + $"Give it one: new PermissionContract(new Dictionary<string, string> {{ [\"{name}\"] = \"…\" }}).");
    }

    /// <summary>Reads the parameters in a setting's text from the value that the harness has for it.</summary>
    private IEnumerable<(string Name, string Value)> ReadSetting(DeclaredSetting setting)
    {
        if (setting.Separator is not null || _configuration[setting.Name.Replace("__", ":", StringComparison.Ordinal)] is not { } value)
        {
            return [];
        }

        var names = Placeholder().Matches(setting.Text).Select(static match => match.Groups["name"].Value).Distinct().ToList();
        var pattern = string.Concat(Placeholder().Split(setting.Text).Select((part, index) => (index % 2, names.IndexOf(part)) switch
        {
            (0, _) => Regex.Escape(part),
            (_, var number) when !part.StartsWith("AWS::", StringComparison.Ordinal) => $"(?<p{number}>.*)",
            _ => ".*",
        }));
        var match = Regex.Match(value, $"^{pattern}$", RegexOptions.CultureInvariant | RegexOptions.Singleline);
        return names.Select((name, number) => (name, match.Groups[$"p{number}"])).Where(static pair => pair.Item2.Success)
            .Select(static pair => (pair.name, pair.Item2.Value));
    }

    [GeneratedRegex(@"\$\{(?<name>[^!}][^}]*)\}")]
    private static partial Regex Placeholder();
}
