using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatcher;

/// <summary>A converter between an enum and camelCase words. A parameter of a job accepts exactly these words.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
public sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
