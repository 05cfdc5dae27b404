namespace Dispatcher;

/// <summary>Is the unit of a metric. The names are CloudWatch's.</summary>
public enum MetricUnit
{
    /// <summary>No unit.</summary>
    None,

    /// <summary>A number of things.</summary>
    Count,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Percent.</summary>
    Percent,
}
