using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatcher;

/// <summary>Writes an enum as a camelCase word and reads nothing else: neither numbers nor other spellings.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
public sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
