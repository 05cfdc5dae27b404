using System.Text.Json.Serialization;

namespace Dispatcher.Jobs.VideoUploads;

/// <summary>What happens to an expired session and to what it left in the bucket.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ExpiredObjectHandling>))]
public enum ExpiredObjectHandling
{
    /// <summary>They are removed by the run that finds them.</summary>
    Delete,

    /// <summary>They are marked, and removed by a later run if nothing has changed by then.</summary>
    Quarantine,
}
