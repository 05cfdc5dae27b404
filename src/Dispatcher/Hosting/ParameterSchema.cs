using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Dispatcher.Hosting;

/// <summary>Describes a job's parameters as JSON Schema (draft 2020-12): types, defaults, limits, help.</summary>
internal static class ParameterSchema
{
    private static readonly JsonSchemaExporterOptions ExporterOptions = new() { TreatNullObliviousAsNonNullable = true };

    private const double MaxBound = 1e18;

    public static JsonObject Create(JsonTypeInfo type, IReadOnlyList<JobParameter> parameters)
    {
        var defaults = ReadDefaults(type);
        var properties = new JsonObject();
        foreach (var parameter in parameters)
        {
            var schema = type.Options.GetTypeInfo(parameter.Type).GetJsonSchemaAsNode(ExporterOptions) as JsonObject ?? [];
            Describe(parameter, schema);
            if (!parameter.IsRequired && defaults[parameter.Name] is { } value)
            {
                schema["default"] = value.DeepClone();
            }

            properties[parameter.Name] = schema;
        }

        // A parameter that the environment can fill in may be missing from the payload.
        var required = parameters.Where(parameter => parameter is { IsRequired: true, ConfigurationKey: null });
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. required.Select(parameter => JsonValue.Create(parameter.Name))]),
            ["additionalProperties"] = false,
        };
    }

    private static void Describe(JobParameter parameter, JsonObject schema)
    {
        if (parameter.Description is { } description)
        {
            schema["description"] = description;
        }

        if (parameter.ConfigurationKey is { } key)
        {
            schema["x-environment"] = key;
        }

        foreach (var limit in parameter.Limits)
        {
            switch (limit)
            {
                case RangeAttribute range:
                    AddBound(schema, "minimum", range.Minimum);
                    AddBound(schema, "maximum", range.Maximum);
                    break;
                case StringLengthAttribute length:
                    schema["minLength"] = length.MinimumLength;
                    schema["maxLength"] = length.MaximumLength;
                    break;
                case MinLengthAttribute length:
                    schema[parameter.IsText ? "minLength" : "minItems"] = length.Length;
                    break;
                case MaxLengthAttribute length:
                    schema[parameter.IsText ? "maxLength" : "maxItems"] = length.Length;
                    break;
                case RegularExpressionAttribute expression:
                    schema["pattern"] = expression.Pattern;
                    break;
            }
        }
    }

    private static void AddBound(JsonObject schema, string name, object bound)
    {
        // double.MaxValue and the like only say that there is no bound on that side.
        if (bound is int or long || (bound is double number && Math.Abs(number) < MaxBound))
        {
            schema[name] = JsonValue.Create(Convert.ToDecimal(bound, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Makes a record with nothing filled in, and writes out what its optional parameters then hold.</summary>
    private static JsonObject ReadDefaults(JsonTypeInfo type)
    {
        var options = new JsonSerializerOptions(type.Options)
        {
            TypeInfoResolver = type.OriginatingResolver!.WithAddedModifier(static info =>
            {
                foreach (var property in info.Properties)
                {
                    // A required parameter has no default, and a JsonElement that was left out has no JSON.
                    property.ShouldSerialize = property.IsRequired
                        ? static (_, _) => false
                        : static (_, value) => value is not JsonElement { ValueKind: JsonValueKind.Undefined };
                    property.IsRequired = false;
                }
            }),
        };
        var lenient = options.GetTypeInfo(type.Type);
        return JsonSerializer.SerializeToNode(JsonSerializer.Deserialize("{}", lenient), lenient) as JsonObject ?? [];
    }
}
