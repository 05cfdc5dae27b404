namespace Dispatcher.Hosting;

/// <summary>What several deployments share, such as a database.</summary>
public sealed class SharedDeployment : DeploymentNeeds
{
    internal SharedDeployment(JobDeployment deployment)
        : base(deployment)
    {
        Label = deployment.LabelText ?? deployment.Name;
        Condition = deployment.ConditionName ?? $"Use{Prefix}";
    }

    /// <inheritdoc/>
    public override string Label { get; }

    /// <inheritdoc/>
    public override string Condition { get; }
}
