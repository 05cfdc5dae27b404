using System.Text.Json;

namespace Dispatcher.Hosting;

/// <summary>
/// A mapping from payloads of another form, such as the native events of a service, to the payload that names a job. A mapper that is
/// registered as a service takes part in every <see cref="JobRequestReader.Read(JsonElement)"/>.
/// </summary>
public interface IPayloadMapper
{
    /// <summary>Determines whether a payload has the form that this mapper knows.</summary>
    /// <param name="payload">A JSON object.</param>
    /// <returns><see langword="true"/> if <see cref="Map"/> is to be called.</returns>
    bool CanMap(JsonElement payload);

    /// <summary>Maps a payload.</summary>
    /// <param name="payload">A payload for which <see cref="CanMap"/> returned <see langword="true"/>.</param>
    /// <param name="problems">Receives everything that is wrong with the payload: what, the value, then what to do.</param>
    /// <returns>
    /// A payload that names a job, or one of another form, which the other mappers map; <see langword="null"/> if there are problems.
    /// </returns>
    JsonElement? Map(JsonElement payload, ProblemList problems);
}
