namespace Dispatcher;

/// <summary>A permission that a job needs: one statement of the job's policy.</summary>
public sealed class JobPermission
{
    /// <summary>Creates a permission for one resource.</summary>
    /// <param name="resource">
    /// The ARN, in which <c>${Parameter}</c> and CloudFormation's <c>${AWS::Region}</c>, <c>${AWS::AccountId}</c> and
    /// <c>${AWS::Partition}</c> are replaced: <c>arn:${AWS::Partition}:s3:::${LogsBucketName}/logs/*</c>.
    /// </param>
    /// <param name="actions">The actions of IAM: <c>s3:GetObject</c>.</param>
    public JobPermission(string resource, params IReadOnlyList<string> actions)
        : this([resource], actions)
    {
    }

    /// <summary>Creates a permission for several resources.</summary>
    /// <param name="resources">The ARNs, in which <c>${Parameter}</c> is replaced. A parameter that is a list stands alone.</param>
    /// <param name="actions">The actions of IAM: <c>s3:GetObject</c>.</param>
    public JobPermission(IReadOnlyList<string> resources, IReadOnlyList<string> actions)
    {
        ArgumentNullException.ThrowIfNull(resources);
        ArgumentNullException.ThrowIfNull(actions);
        Resources = [.. resources];
        Actions = [.. actions];
    }

    /// <summary>Gets the ARNs, in which <c>${Parameter}</c> is replaced.</summary>
    public IReadOnlyList<string> Resources { get; }

    /// <summary>Gets the actions of IAM.</summary>
    public IReadOnlyList<string> Actions { get; }

    /// <summary>Gets the id of the statement, letters and digits.</summary>
    /// <value>The default value is <see langword="null"/>: the statement has no id.</value>
    public string? Sid { get; init; }

    /// <summary>Gets the conditions that a call has to meet.</summary>
    public IReadOnlyList<JobPermissionCondition> Conditions { get; init; } = [];

    /// <summary>Gets the condition of the template under which the permission is granted, such as the value of a parameter.</summary>
    /// <value>The default value is <see langword="null"/>: always, while the job is enabled.</value>
    public string? When { get; init; }

    /// <summary>Gets the condition of the template under which the permission is not granted.</summary>
    /// <value>The default value is <see langword="null"/>: none.</value>
    public string? Unless { get; init; }

    /// <summary>
    /// Gets a value indicating whether the role of the function needs the permission, even if jobs have roles: for what acts beside the job
    /// with the function's credentials, such as an extension of Lambda.
    /// </summary>
    /// <value>The default value is <see langword="false"/>: the role of the job, if it has one.</value>
    public bool IsOfFunction { get; init; }
}
