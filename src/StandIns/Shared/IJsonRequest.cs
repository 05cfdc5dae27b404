#nullable enable
using System.Text.Json;

namespace Amazon.StandIns;

/// <summary>A request that can write itself.</summary>
internal interface IJsonRequest
{
    /// <summary>Writes the members that are set.</summary>
    void Write(Utf8JsonWriter json);
}
