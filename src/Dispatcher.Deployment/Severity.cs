namespace Dispatcher.Deployment;

/// <summary>Says how bad a finding is.</summary>
internal enum Severity
{
    /// <summary>It cannot be deployed, or no run of it will work.</summary>
    Error,

    /// <summary>It can be deployed, but probably does not do what was meant.</summary>
    Warning,

    /// <summary>It is good to know, and nothing is wrong.</summary>
    Note,
}
