namespace Dispatcher.Deployment;

/// <summary>The severity of a finding.</summary>
public enum Severity
{
    /// <summary>The deployment is rejected, or its runs fail.</summary>
    Error,

    /// <summary>The deployment works, but probably not as intended.</summary>
    Warning,

    /// <summary>Information without a problem.</summary>
    Note,
}
