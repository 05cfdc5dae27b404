using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>Serializes with the metadata of a source-generated context, without reflection over the events.</summary>
/// <typeparam name="TSGContext">The source-generated context; it lists the types of the events and results.</typeparam>
public class SourceGeneratorLambdaJsonSerializer<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSGContext>
    : AbstractLambdaJsonSerializer, ILambdaSerializer
    where TSGContext : JsonSerializerContext
{
    private readonly TSGContext _context;

    /// <summary>Creates a serializer with the default options.</summary>
    public SourceGeneratorLambdaJsonSerializer()
        : this(null, null)
    {
    }

    /// <summary>Creates a serializer.</summary>
    /// <param name="customizer">Changes the default options before the context is made with them.</param>
    public SourceGeneratorLambdaJsonSerializer(Action<JsonSerializerOptions> customizer)
        : this(customizer, null)
    {
    }

    /// <summary>Creates a serializer.</summary>
    /// <param name="jsonWriterCustomizer">Receives the writer's options.</param>
    public SourceGeneratorLambdaJsonSerializer(Action<JsonWriterOptions> jsonWriterCustomizer)
        : this(null, jsonWriterCustomizer)
    {
    }

    /// <summary>Creates a serializer.</summary>
    /// <param name="customizer">Changes the default options before the context is made with them.</param>
    /// <param name="jsonWriterCustomizer">Receives the writer's options.</param>
    /// <exception cref="ApplicationException">The context has no constructor that takes options.</exception>
    public SourceGeneratorLambdaJsonSerializer(Action<JsonSerializerOptions> customizer, Action<JsonWriterOptions> jsonWriterCustomizer)
        : base(jsonWriterCustomizer)
    {
        SerializerOptions = CreateDefaultJsonSerializationOptions();
        customizer?.Invoke(SerializerOptions);
#pragma warning disable CA2201 // The package throws this type.
        var constructor = typeof(TSGContext).GetConstructor([typeof(JsonSerializerOptions)])
            ?? throw new ApplicationException(
                $"{typeof(TSGContext).FullName} has no constructor that takes JsonSerializerOptions; is it source-generated?");
#pragma warning restore CA2201
        _context = (TSGContext)constructor.Invoke([SerializerOptions]);
    }

    /// <summary>Creates a serializer with a context that already exists.</summary>
    /// <param name="jsonSerializerContext">The context.</param>
    /// <param name="customizer">Changes <see cref="SerializerOptions"/>, which such a context does not use.</param>
    /// <param name="jsonWriterCustomizer">Receives the writer's options.</param>
    [Obsolete("A ready-made context does not have the options that Lambda events need. Use a constructor that takes none.")]
    public SourceGeneratorLambdaJsonSerializer(
        TSGContext jsonSerializerContext, Action<JsonSerializerOptions> customizer =
            null, Action<JsonWriterOptions> jsonWriterCustomizer = null)
        : base(jsonWriterCustomizer)
    {
        SerializerOptions = CreateDefaultJsonSerializationOptions();
        customizer?.Invoke(SerializerOptions);
        _context = jsonSerializerContext;
    }

    /// <summary>Gets the options that the context was made with.</summary>
    protected JsonSerializerOptions SerializerOptions { get; }

    /// <inheritdoc/>
    protected override void InternalSerialize<T>(Utf8JsonWriter writer, T response) =>
        JsonSerializer.Serialize(writer, response, TypeInfo<T>());

    /// <inheritdoc/>
    protected override T InternalDeserialize<T>(byte[] utf8Json) => JsonSerializer.Deserialize(utf8Json, TypeInfo<T>());

    private JsonTypeInfo<T> TypeInfo<T>() =>
        _context.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
        ?? throw new JsonSerializerException(
            $"{_context.GetType().FullName} knows nothing of {typeof(T).FullName}. Add [JsonSerializable(typeof({typeof(T).Name}))] to "
                + "it.");
}
