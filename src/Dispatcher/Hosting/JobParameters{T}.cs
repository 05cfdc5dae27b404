using System.Buffers;
using System.ComponentModel.DataAnnotations;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Hosting;

/// <summary>
/// The parameters of a job as a record. Each parameter is read and checked by itself first, so that all problems are found; the record is
/// created only from valid parameters.
/// </summary>
internal sealed partial class JobParameters<T> : JobParameters
    where T : class
{
    // On first use: a cold start must not pay for the parameters of jobs that it does not run.
    private readonly Lazy<JsonTypeInfo<T>> _type;
    private readonly Lazy<OrderedDictionary<string, JobParameter>> _parameters;

    public JobParameters(JsonTypeInfo<T> type)
        : this(() => type)
    {
    }

    public JobParameters(Func<JsonTypeInfo<T>> type)
    {
        _type = new(type);
        _parameters = new(() => CreateParameters(Type));
    }

    public override IReadOnlyList<JobParameter> All => _parameters.Value.Values;

    private JsonTypeInfo<T> Type => _type.Value;

    public override JsonObject CreateSchema() => EmbeddedSchema.Read(typeof(T)) ?? ExportSchema();

    internal override JsonObject ExportSchema() => ParameterSchema.Create(Type, All);

    public override JsonNode? FromText(string name, string text)
    {
        if (!_parameters.Value.TryGetValue(name, out var parameter) || parameter.IsText)
        {
            return JsonValue.Create(text);
        }

        try
        {
            // Environments spell booleans as True and TRUE, too.
            return JsonNode.Parse(bool.TryParse(text, out var flag) ? (flag ? "true" : "false") : text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    public override IReadOnlyList<GivenParameter> Resolve(JsonElement payload, IConfiguration configuration)
    {
        var problems = new ProblemList();
        var given = ReadPayload(string.Empty, payload, problems, []);
        var values = new Dictionary<string, ParameterValue>(given, StringComparer.Ordinal);
        AddFromConfiguration(values, configuration, problems, []);
        return
        [
            .. from parameter in All
               where values.ContainsKey(parameter.Name)
               let key = given.ContainsKey(parameter.Name) ? null : parameter.ConfigurationKey
               select GivenParameter.Create(parameter, values[parameter.Name].Json, key),
        ];
    }

    internal override string? ReadText(object? bound, string name) => bound is null
        ? null
        : Type.Properties.FirstOrDefault(property => property.Name == name)?.Get?.Invoke(bound) as string;

    internal override object? Bind(string job, JsonElement payload, IConfiguration configuration, ProblemList problems)
    {
        var wrong = new HashSet<string>(StringComparer.Ordinal);
        var before = problems.Count;
        var values = ReadPayload(job, payload, problems, wrong);
        AddFromConfiguration(values, configuration, problems, wrong);
        foreach (var parameter in All.Where(parameter => parameter.IsRequired && !values.ContainsKey(parameter.Name)))
        {
            problems.Add($"Parameter '{parameter.Name}' is missing. {Remedy(parameter)}");
            wrong.Add(parameter.Name);
        }

        if (problems.Count > before)
        {
            ValidateRest(values, wrong, problems);
            return null;
        }

        var parameters = Deserialize(values);
        foreach (var failed in Validate(parameters))
        {
            problems.Add(failed.ErrorMessage ?? $"The parameters {string.Join(", ", failed.MemberNames)} do not go together.");
        }

        return parameters;
    }

    private static OrderedDictionary<string, JobParameter> CreateParameters(JsonTypeInfo<T> type)
    {
        var parameters = new OrderedDictionary<string, JobParameter>(StringComparer.Ordinal);
        foreach (var property in type.Properties.Where(IsSettable))
        {
            parameters.Add(property.Name, new JobParameter(property, type.Options.GetTypeInfo(property.PropertyType)));
        }

        return parameters;
    }

    /// <summary>Excludes computed properties and the property that collects unknown fields.</summary>
    private static bool IsSettable(JsonPropertyInfo property) =>
        !property.IsExtensionData && (property.Set is not null || property.AssociatedParameter is not null);

    private static string Remedy(JobParameter parameter) =>
        parameter.ConfigurationKey is { } key
            ? $"Set the environment variable {key}, or give {{\"parameters\":{{\"{parameter.Name}\":…}}}}."
            : $"Give {{\"parameters\":{{\"{parameter.Name}\":…}}}}, {parameter.Expected}.";

    private Dictionary<string, ParameterValue> ReadPayload(
        string job, JsonElement payload, ProblemList problems, HashSet<string> wrong)
    {
        var values = new Dictionary<string, ParameterValue>(StringComparer.Ordinal);
        if (!IsObject(payload, problems))
        {
            return values;
        }

        foreach (var property in payload.EnumerateObject())
        {
            if (problems.IsFull)
            {
                break;
            }

            var name = PayloadText.Name(property);
            var before = problems.Count;
            if (!_parameters.Value.TryGetValue(name, out var parameter))
            {
                problems.Add($"Unknown parameter '{PayloadText.Shorten(name)}' of job "
                    + $"'{job}'.{SpellingSuggester.DidYouMean(name, _parameters.Value.Keys)} "
                             + $"Parameters: {string.Join(", ", _parameters.Value.Keys)}.");
            }
            else if (!values.TryAdd(name, new ParameterValue(property.Value)))
            {
                problems.Add($"Parameter '{name}' appears twice. Give it once.");
            }
            else if (PayloadText.FindDuplicate(property.Value) is { } duplicate)
            {
                problems.Add($"Parameter '{name}' has the field '{PayloadText.Shorten(duplicate)}' twice. Give it once.");
            }
            else
            {
                parameter.Check(property.Value, string.Empty, problems);
            }

            if (problems.Count > before)
            {
                // A misspelt parameter is as good as a wrong value of the one that was meant.
                wrong.Add(_parameters.Value.ContainsKey(name) ? name : SpellingSuggester.Find(name, _parameters.Value.Keys) ?? name);
            }
        }

        return values;
    }

    private void AddFromConfiguration(
        Dictionary<string, ParameterValue> values, IConfiguration configuration, ProblemList problems, HashSet<string> wrong)
    {
        foreach (var parameter in All)
        {
            if (parameter.ConfigurationKey is { } key
                && !values.ContainsKey(parameter.Name)
                && configuration[key] is { } text
                && !string.IsNullOrWhiteSpace(text))
            {
                var value = PayloadText.ToElement(FromText(parameter.Name, text));
                values.Add(parameter.Name, new ParameterValue(value));
                var before = problems.Count;
                parameter.Check(value, $" (from the environment variable {key})", problems);
                if (problems.Count > before)
                {
                    wrong.Add(parameter.Name);
                }
            }
        }
    }

    /// <summary>
    /// Reports what is wrong among the parameters that are right by themselves, as far as a problem names those that it is about: as the
    /// result's members or, without any, in quotes.
    /// </summary>
    private void ValidateRest(Dictionary<string, ParameterValue> values, HashSet<string> wrong, ProblemList problems)
    {
        var rest = values.Where(value => !wrong.Contains(value.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var parameter in All.Where(parameter => parameter.IsRequired && !rest.ContainsKey(parameter.Name)))
        {
            if (parameter.FindPlaceholder() is not { } placeholder)
            {
                return;
            }

            rest.Add(parameter.Name, new ParameterValue(placeholder));
        }

        try
        {
            foreach (var failed in Validate(Deserialize(rest)))
            {
                if (failed.ErrorMessage is { } problem && MembersOf(failed) is { Count: > 0 } members && !members.Any(wrong.Contains))
                {
                    problems.Add(problem);
                }
            }
        }
        catch (Exception)
        {
            // The check may rely on a value that is wrong here. What it would have found is reported once that value is right.
        }
    }

    private List<string> MembersOf(ValidationResult failed) => failed.MemberNames.Any()
        ? [.. failed.MemberNames]
        : [.. QuotedName().Matches(failed.ErrorMessage!).Select(static match => match.Groups["name"].Value).Where(
            _parameters.Value.ContainsKey)];

    private static IEnumerable<ValidationResult> Validate(T parameters) => parameters is IValidatableObject whole
        ? whole.Validate(new ValidationContext(parameters, typeof(T).Name, serviceProvider: null, items: null))
        : [];

    private T Deserialize(Dictionary<string, ParameterValue> values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in values)
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value.Json), skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return JsonSerializer.Deserialize(buffer.WrittenSpan, Type)!;
    }

    /// <summary>A value. Dictionaries hold a class: those of a value type of the framework are compiled in each cold start.</summary>
    private sealed record ParameterValue(JsonElement Json);

    [GeneratedRegex("""['"](?<name>[A-Za-z]\w*)""")]
    private static partial Regex QuotedName();
}
