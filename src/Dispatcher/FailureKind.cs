namespace Dispatcher;

/// <summary>Says what may be done about a failure.</summary>
public enum FailureKind
{
    /// <summary>Trying again changes nothing: bad input, a missing resource, a bug.</summary>
    Permanent,

    /// <summary>Trying again after a pause may help: throttling, a lost connection, a deadlock.</summary>
    Transient,

    /// <summary>Trying again may help later, but the client library has already tried as often as it should.</summary>
    Exhausted,

    /// <summary>A permission is missing: the same call fails for every item, so the run ends.</summary>
    Denied,
}
