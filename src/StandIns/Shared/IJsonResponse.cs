#nullable enable
using System.Text.Json;

namespace Amazon.StandIns;

/// <summary>A response that can read itself.</summary>
internal interface IJsonResponse
{
    /// <summary>Reads the members that are there.</summary>
    void Read(JsonElement json);
}
