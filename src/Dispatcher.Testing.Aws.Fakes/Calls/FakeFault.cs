namespace Dispatcher.Testing.Aws.Fakes.Calls;

/// <summary>The way in which a request fails.</summary>
public enum FakeFault
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>The answer is an internal error; nothing was executed.</summary>
    ServerError,

    /// <summary>The answer is a refusal because of too many requests; nothing was executed.</summary>
    Throttled,

    /// <summary>The answer is a refusal for want of a permission; nothing was executed.</summary>
    Denied,

    /// <summary>The connection is cut before anything was executed.</summary>
    Cut,

    /// <summary>It is executed, then the connection is cut.</summary>
    ExecutedThenCut,

    /// <summary>It is executed, but the answer is an internal error.</summary>
    ExecutedThenServerError,

    /// <summary>The caller is killed before anything was executed.</summary>
    Killed,

    /// <summary>It is executed, then the caller is killed.</summary>
    ExecutedThenKilled,
}
