using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatcher;

/// <summary>A converter that writes an enum as a camelCase word and refuses numbers and other spellings.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
public sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
