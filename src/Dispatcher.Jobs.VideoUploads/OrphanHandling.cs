using System.Text.Json.Serialization;

namespace Dispatcher.Jobs.VideoUploads;

/// <summary>The ways to handle an object without a session.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<OrphanHandling>))]
public enum OrphanHandling
{
    /// <summary>It is counted and logged, and stays.</summary>
    Report,

    /// <summary>It is tagged, and deleted by a later run if nobody has claimed it by then.</summary>
    Quarantine,

    /// <summary>It is deleted.</summary>
    Delete,
}
