namespace Amazon.Lambda.Core;

/// <summary>Ranks log entries by how much they matter.</summary>
public enum LogLevel
{
    /// <summary>Every step, for development only.</summary>
    Trace = 0,

    /// <summary>Details that help to find a fault.</summary>
    Debug = 1,

    /// <summary>The normal course of events.</summary>
    Information = 2,

    /// <summary>Something unusual that did not stop the work.</summary>
    Warning = 3,

    /// <summary>A failure of the current work.</summary>
    Error = 4,

    /// <summary>A failure of the whole function.</summary>
    Critical = 5,
}
