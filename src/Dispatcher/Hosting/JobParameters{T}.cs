using System.Buffers;
using System.ComponentModel.DataAnnotations;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Hosting;

/// <summary>
/// The parameters of a job as a record. Each parameter is read and checked by itself first, so that all problems are found; the record is
/// created only from valid parameters.
/// </summary>
internal sealed class JobParameters<T> : JobParameters
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
        _parameters = new(() => new(
            Type.Properties.Where(IsSettable).Select(property => KeyValuePair.Create(
                property.Name, new JobParameter(property, Type.Options.GetTypeInfo(property.PropertyType)))),
            StringComparer.Ordinal));
    }

    public override IReadOnlyList<JobParameter> All => _parameters.Value.Values;

    private JsonTypeInfo<T> Type => _type.Value;

    public override JsonObject CreateSchema() => ParameterSchema.Create(Type, All);

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
        var given = ReadPayload(string.Empty, payload, problems);
        var values = new Dictionary<string, JsonElement>(given, StringComparer.Ordinal);
        AddFromConfiguration(values, configuration, problems);
        return
        [
            .. from parameter in All
               where values.ContainsKey(parameter.Name)
               let key = given.ContainsKey(parameter.Name) ? null : parameter.ConfigurationKey
               select GivenParameter.Create(parameter, values[parameter.Name], key),
        ];
    }

    internal override string? ReadText(object? bound, string name) => bound is null
        ? null
        : Type.Properties.FirstOrDefault(property => property.Name == name)?.Get?.Invoke(bound) as string;

    internal override object? Bind(string job, JsonElement payload, IConfiguration configuration, ProblemList problems)
    {
        var before = problems.Count;
        var values = ReadPayload(job, payload, problems);
        AddFromConfiguration(values, configuration, problems);
        foreach (var parameter in All.Where(parameter => parameter.IsRequired && !values.ContainsKey(parameter.Name)))
        {
            problems.Add($"Parameter '{parameter.Name}' is missing. {Remedy(parameter)}");
        }

        return problems.Count > before ? null : Create(values, problems);
    }

    /// <summary>Excludes computed properties and the property that collects unknown fields.</summary>
    private static bool IsSettable(JsonPropertyInfo property) =>
        !property.IsExtensionData && (property.Set is not null || property.AssociatedParameter is not null);

    private static string Remedy(JobParameter parameter) =>
        parameter.ConfigurationKey is { } key
            ? $"Set the environment variable {key}, or give {{\"parameters\":{{\"{parameter.Name}\":…}}}}."
            : $"Give {{\"parameters\":{{\"{parameter.Name}\":…}}}}, {parameter.Expected}.";

    private Dictionary<string, JsonElement> ReadPayload(string job, JsonElement payload, ProblemList problems)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
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
            if (!_parameters.Value.TryGetValue(name, out var parameter))
            {
                problems.Add($"Unknown parameter '{PayloadText.Shorten(name)}' of job "
                    + $"'{job}'.{SpellingSuggester.DidYouMean(name, _parameters.Value.Keys)} "
                             + $"Parameters: {string.Join(", ", _parameters.Value.Keys)}.");
            }
            else if (!values.TryAdd(name, property.Value))
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
        }

        return values;
    }

    private void AddFromConfiguration(Dictionary<string, JsonElement> values, IConfiguration configuration, ProblemList problems)
    {
        foreach (var parameter in All)
        {
            if (parameter.ConfigurationKey is { } key
                && !values.ContainsKey(parameter.Name)
                && configuration[key] is { } text
                && !string.IsNullOrWhiteSpace(text))
            {
                var value = PayloadText.ToElement(FromText(parameter.Name, text));
                values.Add(parameter.Name, value);
                parameter.Check(value, $" (from the environment variable {key})", problems);
            }
        }
    }

    private T? Create(Dictionary<string, JsonElement> values, ProblemList problems)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in values)
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        var parameters = JsonSerializer.Deserialize(buffer.WrittenSpan, Type)!;
        if (parameters is IValidatableObject whole)
        {
            var context = new ValidationContext(parameters, typeof(T).Name, serviceProvider: null, items: null);
            foreach (var failed in whole.Validate(context))
            {
                problems.Add(failed.ErrorMessage ?? $"The parameters {string.Join(", ", failed.MemberNames)} do not go together.");
            }
        }

        return parameters;
    }
}
