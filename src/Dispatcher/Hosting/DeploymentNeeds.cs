using Dispatcher.Declarations;

namespace Dispatcher.Hosting;

/// <summary>Parameters, settings and permissions of a deployment, or of what several deployments share.</summary>
public abstract class DeploymentNeeds
{
    private protected DeploymentNeeds(JobDeployment deployment)
    {
        Name = deployment.Name;
        Prefix = deployment.Prefix ?? DeploymentNames.ToPascalCase(deployment.Name);
        Parameters = [.. deployment.Parameters];
        Conditions = [.. deployment.Conditions];
        Settings = [.. deployment.Settings];
        Layers = [.. deployment.Layers];
        Required = [.. deployment.Required];
        Permissions = [.. deployment.Permissions];
    }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets what the logical ids begin with.</summary>
    public string Prefix { get; }

    /// <summary>Gets the heading of the parameters.</summary>
    public abstract string Label { get; }

    /// <summary>Gets the name of the condition under which everything here is deployed.</summary>
    public abstract string Condition { get; }

    /// <summary>Gets the parameters of the template.</summary>
    public IReadOnlyList<DeploymentParameter> Parameters { get; }

    /// <summary>Gets the conditions on parameters.</summary>
    public IReadOnlyList<DeclaredCondition> Conditions { get; }

    /// <summary>Gets the environment variables.</summary>
    public IReadOnlyList<DeclaredSetting> Settings { get; }

    /// <summary>Gets the ARNs of the function's layers.</summary>
    public IReadOnlyList<string> Layers { get; }

    /// <summary>Gets the parameters that must not be empty.</summary>
    public IReadOnlyList<string> Required { get; }

    /// <summary>Gets the permissions.</summary>
    public IReadOnlyList<JobPermission> Permissions { get; }
}
