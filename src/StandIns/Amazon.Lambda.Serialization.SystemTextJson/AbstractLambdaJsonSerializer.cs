using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.Serialization.SystemTextJson.Converters;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>Reads events and writes results as JSON; a derived class knows the types.</summary>
public abstract class AbstractLambdaJsonSerializer
{
    private readonly bool _debug = string.Equals(
        Environment.GetEnvironmentVariable("LAMBDA_NET_SERIALIZER_DEBUG"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Creates the serializer.</summary>
    /// <param name="jsonWriterCustomizer">Receives the writer's options; null leaves them as they are.</param>
    /// <remarks>The options are a value, so that a customizer sees a copy: it can look, but not change.</remarks>
    protected AbstractLambdaJsonSerializer(Action<JsonWriterOptions> jsonWriterCustomizer)
    {
        WriterOptions = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        jsonWriterCustomizer?.Invoke(WriterOptions);
    }

    /// <summary>Gets the options of the writer.</summary>
    /// <value>By default it escapes only what JSON itself demands.</value>
    protected JsonWriterOptions WriterOptions { get; }

    /// <summary>Writes a result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="response">The result.</param>
    /// <param name="responseStream">The stream to write to.</param>
    /// <exception cref="JsonSerializerException">The result cannot be written.</exception>
    public void Serialize<T>(T response, Stream responseStream)
    {
        try
        {
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
            {
                InternalSerialize(writer, response);
            }

            WriteDebugLine("Serialize", typeof(T), buffer);
            buffer.Position = 0;
            buffer.CopyTo(responseStream);
        }
        catch (Exception exception)
        {
            throw new JsonSerializerException(
                $"Cannot write the function's result of type {typeof(T).FullName} as JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Reads an event.</summary>
    /// <typeparam name="T">The type of the event.</typeparam>
    /// <param name="requestStream">The stream to read from.</param>
    /// <returns>The event.</returns>
    /// <exception cref="JsonSerializerException">The event cannot be read.</exception>
    public T Deserialize<T>(Stream requestStream)
    {
        try
        {
            using var buffer = new MemoryStream();
            requestStream.CopyTo(buffer);
            WriteDebugLine("Deserialize", typeof(T), buffer);
            return InternalDeserialize<T>(buffer.ToArray());
        }
        catch (Exception exception)
        {
            throw new JsonSerializerException(
                $"Cannot read the function's JSON event as {typeof(T).FullName}: {exception.Message}", exception);
        }
    }

    /// <summary>Creates the options that suit AWS events: names in any case, nulls left out, dates also as Unix time.</summary>
    /// <returns>The options.</returns>
    protected virtual JsonSerializerOptions CreateDefaultJsonSerializationOptions() => new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNameCaseInsensitive = true,
        PropertyNamingPolicy = new AwsNamingPolicy(),
        Converters = { new DateTimeConverter(), new MemoryStreamConverter(), new ByteArrayConverter() },
    };

    /// <summary>Writes a result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="writer">The writer.</param>
    /// <param name="response">The result.</param>
    protected abstract void InternalSerialize<T>(Utf8JsonWriter writer, T response);

    /// <summary>Reads an event.</summary>
    /// <typeparam name="T">The type of the event.</typeparam>
    /// <param name="utf8Json">The event.</param>
    /// <returns>The event.</returns>
    protected abstract T InternalDeserialize<T>(byte[] utf8Json);

    private void WriteDebugLine(string action, Type type, MemoryStream json)
    {
        if (_debug)
        {
            Console.WriteLine($"Lambda {action} {type.FullName}: {System.Text.Encoding.UTF8.GetString(json.ToArray())}");
        }
    }
}
