namespace Dispatcher.Deployment.Triggers;

/// <summary>The state of a trigger.</summary>
public enum TriggerState
{
    /// <summary>It is deployed and starts jobs.</summary>
    Enabled,

    /// <summary>It is deployed, but switched off.</summary>
    Disabled,

    /// <summary>A condition of the template leaves it out.</summary>
    NotDeployed,

    /// <summary>Only a deployment knows whether it is deployed and switched on.</summary>
    Unknown,
}
