namespace Amazon.Lambda.Core;

/// <summary>Turns events into objects and results into responses.</summary>
public interface ILambdaSerializer
{
    /// <summary>Reads an event.</summary>
    /// <typeparam name="T">The type of the event.</typeparam>
    /// <param name="requestStream">The event as the service sent it.</param>
    /// <returns>The event.</returns>
    T Deserialize<T>(Stream requestStream);

    /// <summary>Writes a result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="response">The result.</param>
    /// <param name="responseStream">The stream that the service will read.</param>
    void Serialize<T>(T response, Stream responseStream);
}
