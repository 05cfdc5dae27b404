namespace Dispatcher.Tool.Remote.Logs;

/// <summary>The kinds of lines that a function writes.</summary>
internal enum RunLogKind
{
    /// <summary>A line of the log.</summary>
    Log,

    /// <summary>The record of a run.</summary>
    Record,

    /// <summary>A change, of the audit trail.</summary>
    Audit,

    /// <summary>Lambda's report about an invocation.</summary>
    Report,

    /// <summary>Another line of Lambda.</summary>
    Platform,

    /// <summary>Metrics.</summary>
    Metrics,
}
