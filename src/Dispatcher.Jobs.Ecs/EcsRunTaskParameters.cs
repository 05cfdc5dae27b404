using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dispatcher.Jobs.Ecs;

/// <summary>The parameters of <c>ecs-run-task</c>: the name of a profile, or everything that a profile would set.</summary>
public sealed record EcsRunTaskParameters : IValidatableObject
{
    internal const string RolePattern = "^arn:aws[a-z-]*:iam::\\d{12}:role/.+\\z";
    internal const string RoleError = "a role is an ARN such as arn:aws:iam::123456789012:role/task.";
    internal const string CpuPattern = "^(\\d{1,6}|\\d{1,3}(\\.\\d{1,3})? ?v(CPU|cpu))\\z";
    internal const string CpuError = "it must be CPU units such as \"1024\", or \"1 vCPU\".";
    internal const string MemoryPattern = "^(\\d{1,7}|\\d{1,4}(\\.\\d{1,3})? ?GB)\\z";
    internal const string MemoryError = "it must be MiB such as \"2048\", or \"2 GB\".";
    internal const string PropagatePattern = "^(TASK_DEFINITION|NONE)\\z";
    internal const string PropagateError =
        "it must be TASK_DEFINITION or NONE. RunTask refuses SERVICE, because no service starts the task.";

    /// <summary>Gets or sets the profile, which the configuration holds under <c>EcsTasks</c>.</summary>
    [Description("The profile in the configuration (EcsTasks:NAME:…) that says what to run and where.")]
    [RegularExpression("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}\\z", ErrorMessage = "a profile's name has letters, digits, '-' and '_'.")]
    public string? Task { get; set; }

    /// <summary>Gets or sets the cluster's name or ARN.</summary>
    /// <value>The default value is <see langword="null"/>: the account's cluster named <c>default</c>.</value>
    [Description("The cluster's name or ARN.")]
    [StringLength(512, MinimumLength = 1)]
    public string? Cluster { get; set; }

    /// <summary>Gets or sets the task definition: family, family:revision or ARN. Without a revision, the newest one runs.</summary>
    [Description("The task definition: family, family:revision or ARN. Without a revision, the newest.")]
    [Example("nightly-report")]
    [StringLength(512, MinimumLength = 1)]
    public string? TaskDefinition { get; set; }

    /// <summary>Gets or sets what the task runs on.</summary>
    [Description("FARGATE, EC2, EXTERNAL or MANAGED_INSTANCES. Not together with capacityProviderStrategy.")]
    [RegularExpression(
        "^(FARGATE|EC2|EXTERNAL|MANAGED_INSTANCES)\\z", ErrorMessage = "it must be FARGATE, EC2, EXTERNAL or MANAGED_INSTANCES.")]
    public string? LaunchType { get; set; }

    /// <summary>Gets or sets how tasks are spread over capacity providers.</summary>
    [Description("Capacity providers with weight and base. Not together with launchType.")]
    public IReadOnlyList<EcsCapacityProvider>? CapacityProviderStrategy { get; set; }

    /// <summary>Gets or sets the Fargate platform version.</summary>
    [Description("The Fargate platform version, such as LATEST or 1.4.0.")]
    [RegularExpression("^(LATEST|\\d+\\.\\d+\\.\\d+)\\z", ErrorMessage = "a platform version is LATEST or has the form 1.4.0.")]
    public string? PlatformVersion { get; set; }

    /// <summary>Gets or sets how many tasks to start.</summary>
    /// <value>The default value is 1.</value>
    [Description("How many tasks to start, 1 to 10. 1 where it is left out.")]
    [Range(1, 10)]
    public int? Count { get; set; }

    /// <summary>Gets or sets the subnets of the task's network interface.</summary>
    [Description("The subnets of the task's network interface; needed on Fargate.")]
    public IReadOnlyList<string>? Subnets { get; set; }

    /// <summary>Gets or sets the security groups of the task's network interface.</summary>
    /// <value>The default value is <see langword="null"/>: the default group of the VPC.</value>
    [Description("The security groups of the task's network interface.")]
    public IReadOnlyList<string>? SecurityGroups { get; set; }

    /// <summary>Gets or sets a value indicating whether the task gets a public address.</summary>
    /// <value>The default value is <see langword="null"/>: no.</value>
    [Description("Whether the task gets a public address. In a public subnet it can pull its image only with one.")]
    public bool? AssignPublicIp { get; set; }

    /// <summary>Gets or sets what differs from the task definition, per container.</summary>
    [Description("Per container: name, command, environment, cpu, memory.")]
    public IReadOnlyList<EcsContainerOverride>? ContainerOverrides { get; set; }

    /// <summary>Gets or sets the role that the task's own code runs as.</summary>
    [Description("The role that the task's code runs as, instead of the task definition's.")]
    [RegularExpression(RolePattern, ErrorMessage = RoleError)]
    public string? TaskRoleArn { get; set; }

    /// <summary>Gets or sets the role with which ECS pulls the images and reads the secrets.</summary>
    [Description("The role with which ECS pulls the images and reads the secrets, instead of the task definition's.")]
    [RegularExpression(RolePattern, ErrorMessage = RoleError)]
    public string? ExecutionRoleArn { get; set; }

    /// <summary>Gets or sets the CPU of the whole task.</summary>
    [Description("The CPU of the whole task: units such as 1024, or 1 vCPU.")]
    [RegularExpression(CpuPattern, ErrorMessage = CpuError)]
    public string? Cpu { get; set; }

    /// <summary>Gets or sets the memory of the whole task.</summary>
    [Description("The memory of the whole task: MiB such as 2048, or 2 GB.")]
    [RegularExpression(MemoryPattern, ErrorMessage = MemoryError)]
    public string? Memory { get; set; }

    /// <summary>Gets or sets the disk of the task on Fargate.</summary>
    [Description("The task's disk on Fargate: sizeInGiB, 21 to 200.")]
    public EcsEphemeralStorage? EphemeralStorage { get; set; }

    /// <summary>Gets or sets a value indicating whether commands may be run in the task's containers (ECS Exec).</summary>
    /// <value>The default value is <see langword="null"/>: no.</value>
    [Description("Whether commands may be run in the containers (ECS Exec). The task role needs the permissions of ssmmessages.")]
    public bool? EnableExecuteCommand { get; set; }

    /// <summary>Gets or sets a value indicating whether ECS tags the tasks with the name of the cluster.</summary>
    /// <value>The default value is <see langword="null"/>: no.</value>
    [Description("Whether ECS adds its own tag with the cluster's name.")]
    public bool? EnableECSManagedTags { get; set; }

    /// <summary>Gets or sets whether the tasks get the tags of the task definition.</summary>
    /// <value>The default value is <see langword="null"/>: no.</value>
    [Description("TASK_DEFINITION: the tasks get the tags of the task definition. NONE: they do not.")]
    [RegularExpression(PropagatePattern, ErrorMessage = PropagateError)]
    public string? PropagateTags { get; set; }

    /// <summary>Gets or sets the task's tags.</summary>
    [Description("The task's tags.")]
    public IReadOnlyDictionary<string, string>? Tags { get; set; }

    /// <summary>Gets or sets a value indicating whether to wait until the tasks have stopped, and to fail if one fails.</summary>
    /// <value>The default value is <see langword="null"/>: no.</value>
    [Description("Whether to wait, at most until the deadline, and to take the tasks' exit codes as the result.")]
    public bool? WaitForStop { get; set; }

    /// <summary>Gets or sets the container whose exit code decides.</summary>
    /// <value>The default value is <see langword="null"/>: the task definition's essential containers decide.</value>
    [Description("With waitForStop: the container whose exit code decides. Unless given, every essential container has to end with 0.")]
    [StringLength(255, MinimumLength = 1)]
    public string? Container { get; set; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        (Task is null ? RunTaskValidator.Validate(this) : RunTaskValidator.ValidateBesideProfile(this))
            .Select(problem => new ValidationResult(problem));
}
