using Dispatcher.Declarations;

namespace Dispatcher;

/// <content>Parameters, settings and permissions, which shared parts have too.</content>
public sealed partial class JobDeployment
{
    internal List<DeploymentParameter> Parameters { get; } = [];

    internal List<DeclaredCondition> Conditions { get; } = [];

    internal List<DeclaredSetting> Settings { get; } = [];

    internal List<string> Layers { get; } = [];

    internal List<string> Required { get; } = [];

    internal List<JobPermission> Permissions { get; } = [];

    /// <summary>Declares a parameter of the template.</summary>
    /// <param name="name">The name, letters and digits.</param>
    /// <param name="configure">Sets its kind, default and description. Without it, it is a text with an empty default.</param>
    /// <returns>The deployment.</returns>
    public JobDeployment Parameter(string name, Action<DeploymentParameter>? configure = null)
    {
        var parameter = new DeploymentParameter(name);
        configure?.Invoke(parameter);
        var known = Parameters.Find(other => other.Name == name);
        if (known is null)
        {
            Parameters.Add(parameter);
        }
        else if (configure is not null && !known.HasSameDefinition(parameter))
        {
            throw new InvalidOperationException($"The deployment '{Name}' defines the parameter {name} twice and differently. "
                + "Define it once, and name it alone in the second place.");
        }

        return this;
    }

    /// <summary>Sets an environment variable of the function from a parameter of the template, which this declares.</summary>
    /// <param name="variable">The variable: <c>LOGS_BUCKET</c>.</param>
    /// <param name="parameter">The parameter: <c>LogsBucketName</c>.</param>
    /// <param name="configure">Sets the kind, default and description of the parameter.</param>
    /// <param name="required">
    /// Whether the parameter must not be empty while the job is enabled. If the job is enabled by default, every deployment of the stack
    /// has to give the parameter, unless it has a default other than an empty one.
    /// </param>
    /// <param name="always">Whether the variable is set even if the job is not enabled.</param>
    /// <returns>The deployment.</returns>
    public JobDeployment Setting(
        string variable, string parameter, Action<DeploymentParameter>? configure = null, bool required = false, bool always = false)
    {
        Parameter(parameter, configure);
        Settings.Add(new DeclaredSetting(variable, $"${{{parameter}}}") { Always = always });
        return required ? Require(parameter) : this;
    }

    /// <summary>Sets an environment variable of the function from a text.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="text">The value, in which <c>${Parameter}</c> is replaced.</param>
    /// <param name="when">The condition under which it is the value; <see langword="null"/>: always, while the job is enabled.</param>
    /// <param name="otherwise">The value if <paramref name="when"/> is not met; <see langword="null"/>: not set.</param>
    /// <returns>The deployment.</returns>
    public JobDeployment SettingText(string variable, string text, string? when = null, string? otherwise = null)
    {
        Settings.Add(new DeclaredSetting(variable, text) { When = when, Otherwise = otherwise });
        return this;
    }

    /// <summary>Sets an environment variable of the function from a part of a parameter, such as the host of a URL.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="separator">Splits the value of the parameter.</param>
    /// <param name="part">The number of the part, from 0.</param>
    /// <param name="whileDisabled">The value while the job is not enabled; <see langword="null"/>: not set.</param>
    /// <returns>The deployment.</returns>
    public JobDeployment SettingPart(string variable, string parameter, char separator, int part, string? whileDisabled = null)
    {
        Settings.Add(
            new DeclaredSetting(variable, $"${{{parameter}}}") { Separator = separator, Part = part, WhileDisabled = whileDisabled });
        return this;
    }

    /// <summary>Requires a value for a parameter while the job is enabled: a deployment without it is refused.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The deployment.</returns>
    public JobDeployment Require(string parameter)
    {
        Required.Add(parameter);
        return this;
    }

    /// <summary>Declares a condition on a parameter, for settings and permissions.</summary>
    /// <param name="name">The name of the condition, letters and digits.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="equalTo">The value that meets the condition; <see langword="null"/>: any value but an empty one.</param>
    /// <returns>The deployment.</returns>
    public JobDeployment Condition(string name, string parameter, string? equalTo = null)
    {
        Conditions.Add(new DeclaredCondition(name, parameter, equalTo));
        return this;
    }

    /// <summary>Adds a layer to the function while the job is enabled.</summary>
    /// <param name="arn">The ARN of the layer's version, in which <c>${Parameter}</c> is replaced.</param>
    /// <returns>The deployment.</returns>
    public JobDeployment Layer(string arn)
    {
        Layers.Add(arn);
        return this;
    }

    /// <summary>Allows the job what it needs.</summary>
    /// <param name="resource">
    /// The ARN, in which <c>${Parameter}</c> and CloudFormation's <c>${AWS::Region}</c>, <c>${AWS::AccountId}</c> and
    /// <c>${AWS::Partition}</c> are replaced.
    /// </param>
    /// <param name="actions">The actions of IAM: <c>s3:GetObject</c>.</param>
    /// <returns>The deployment.</returns>
    public JobDeployment Allow(string resource, params IReadOnlyList<string> actions) => Allow(new JobPermission(resource, actions));

    /// <summary>Allows the job what it needs, with an id, conditions or several resources.</summary>
    /// <param name="permission">The permission.</param>
    /// <returns>The deployment.</returns>
    public JobDeployment Allow(JobPermission permission)
    {
        ArgumentNullException.ThrowIfNull(permission);
        Permissions.Add(permission);
        return this;
    }
}
