using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Dispatcher.Hosting;

/// <summary>A parameter of a job.</summary>
public sealed class JobParameter
{
    private static readonly JsonElement[] Placeholders =
        [.. new[] { "\"\"", "0", "false", "[]", "{}" }.Select(static json => JsonElement.Parse(json))];

    private readonly JsonPropertyInfo _property;
    private readonly JsonTypeInfo _type;
    private readonly ValidationAttribute[] _limits;

    internal JobParameter(JsonPropertyInfo property, JsonTypeInfo type)
    {
        _property = property;
        _type = type;
        _limits = [.. Attributes<ValidationAttribute>(property)];
        Description = Attributes<DescriptionAttribute>(property).FirstOrDefault()?.Description;
        IsSensitive = Attributes<SensitiveAttribute>(property).Any();
        ConfigurationKey = Attributes<FromConfigurationAttribute>(property).FirstOrDefault()?.Key;
        if (Refuse(property) is { } reason)
        {
            throw new InvalidOperationException(
                $"Parameter '{Name}' of {property.DeclaringType.Name} is {reason} Declare it {{ get; set; }}, or required.");
        }
    }

    /// <summary>Gets the name on the wire.</summary>
    public string Name => _property.Name;

    /// <summary>Gets what the parameter does.</summary>
    public string? Description { get; }

    /// <summary>Gets an example value, as it is written on the command line, if the parameter has one.</summary>
    public string? Example => Attributes<ExampleAttribute>(_property).FirstOrDefault()?.Value;

    /// <summary>Gets the environment variable that fills it in, if any.</summary>
    public string? ConfigurationKey { get; }

    /// <summary>Gets a value indicating whether it must be given, in the payload or in the environment.</summary>
    public bool IsRequired => _property.IsRequired;

    /// <summary>Gets what its values are, in words: <c>a whole number from 1 to 10</c>, <c>one of report, delete</c>.</summary>
    public string Expected => ExpectedValues.Describe(_type, _limits);

    internal bool IsSensitive { get; }

    internal bool IsText => ParameterTypeNames.IsText(Type);

    internal Type Type => _property.PropertyType;

    internal IReadOnlyList<ValidationAttribute> Limits => _limits;

    /// <summary>Reads a value and checks its limits.</summary>
    internal void Check(JsonElement value, string where, ProblemList problems)
    {
        if (value.ValueKind == JsonValueKind.Null && !_property.IsSetNullable)
        {
            problems.Add($"Parameter '{Name}'{where} must be {Expected}, but is null. Leave it out to get the default.");
            return;
        }

        var isReadable = ValueInspector.TryRead(_type, value, out var read);
        var inspector = new ValueInspector("Parameter", isReadable, IsSensitive, problems);
        if (!inspector.Inspect(_type, value, Name, Expected, where))
        {
            return;
        }

        if (!isReadable)
        {
            problems.Add($"Parameter '{Name}'{where} must be {Expected}, but is {inspector.Show(_type, value, Name)}.");
            return;
        }

        var context = new ValidationContext(value, Name, serviceProvider: null, items: null) { MemberName = Name };
        foreach (var limit in _limits)
        {
            if (read is not null && Violate(limit, read, context) is { } error)
            {
                problems.Add($"Parameter '{Name}'{where} is {inspector.Show(_type, value, Name)}: {error}");
            }
        }
    }

    /// <summary>Finds a value of the type, which stands for one that is wrong while the others are checked together.</summary>
    /// <returns>The value as JSON; <see langword="null"/> if no simple value is of the type.</returns>
    internal JsonElement? FindPlaceholder() => Placeholders
        .Where(candidate => ValueInspector.TryRead(_type, candidate, out var read) && read is not null)
        .Select(static candidate => (JsonElement?)candidate).FirstOrDefault();

    private static string? Violate(ValidationAttribute limit, object value, ValidationContext context)
    {
        try
        {
            return limit.GetValidationResult(value, context) is { } failed ? Format(limit) ?? failed.ErrorMessage : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return "it takes too long to check. Send a shorter value.";
        }
    }

    private static string? Refuse(JsonPropertyInfo property) => property switch
    {
        { AssociatedParameter.IsMemberInitializer: false } =>
            "a constructor parameter, whose limits would not be seen and which would silently be null when left out.",
        { IsRequired: false, AssociatedParameter.IsMemberInitializer: true } =>
            "an init-only property, whose default source-generated JSON would lose.",
        _ => null,
    };

    /// <summary>Formats a limit for which .NET's own message is clumsy.</summary>
    private static string? Format(ValidationAttribute limit) => limit switch
    {
        { ErrorMessage: not null } => null,
        RangeAttribute range => $"it must be from {range.Minimum} to {range.Maximum}.",
        _ => null,
    };

    private static IEnumerable<T> Attributes<T>(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: true).OfType<T>() ?? [];
}
