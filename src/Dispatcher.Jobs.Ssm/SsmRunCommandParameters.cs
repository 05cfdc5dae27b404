using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dispatcher.Jobs.Ssm;

/// <summary>The parameters of <c>ssm-run-command</c>: the name of a profile, or what the configuration allows a payload to run.</summary>
public sealed record SsmRunCommandParameters : IValidatableObject
{
    /// <summary>Gets or sets the profile, which the configuration holds under <c>SsmCommands</c>.</summary>
    [Description("The profile in the configuration (SsmCommands:NAME:…) that says what to run and where.")]
    [RegularExpression("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}\\z", ErrorMessage = "a profile's name has letters, digits, '-' and '_'.")]
    public string? Profile { get; set; }

    /// <summary>Gets or sets the name or ARN of the document.</summary>
    /// <value>The default value is <see langword="null"/>: <c>AWS-RunShellScript</c>.</value>
    [Description("The document's name or ARN. AWS-RunShellScript where it is left out.")]
    [RegularExpression("^[a-zA-Z0-9_.:/-]{3,128}\\z", ErrorMessage = "a document has a name such as AWS-RunShellScript, or an ARN.")]
    public string? Document { get; set; }

    /// <summary>Gets or sets the version of the document.</summary>
    /// <value>The default value is <see langword="null"/>: the document's default version.</value>
    [Description("The document's version: a number, $DEFAULT or $LATEST.")]
    [RegularExpression("^(\\$LATEST|\\$DEFAULT|[1-9][0-9]{0,8})\\z", ErrorMessage = "a version is a number, $DEFAULT or $LATEST.")]
    public string? DocumentVersion { get; set; }

    /// <summary>Gets or sets the lines of the script.</summary>
    [Description("The lines of the script, for documents such as AWS-RunShellScript. Never a secret: Systems Manager keeps them.")]
    [Example("""["uptime"]""")]
    public IReadOnlyList<string>? Commands { get; set; }

    /// <summary>Gets or sets the document's other parameters, each a list of texts.</summary>
    [Description("The document's other parameters by name, each a list of texts.")]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Parameters { get; set; }

    /// <summary>Gets or sets the instances.</summary>
    [Description("The ids of 1 to 50 instances. Instead of targets.")]
    [Example("""["i-0123456789abcdef0"]""")]
    public IReadOnlyList<string>? InstanceIds { get; set; }

    /// <summary>Gets or sets the tags that select instances.</summary>
    [Description("1 to 5 tags, each with key (tag:NAME) and values: the instances that have all of them. Instead of instanceIds.")]
    public IReadOnlyList<SsmTarget>? Targets { get; set; }

    /// <summary>Gets or sets within how many seconds an instance has to accept the command.</summary>
    /// <value>The default value is <see langword="null"/>: an hour, by Systems Manager.</value>
    [Description("Seconds within which an instance has to accept the command, 30 to 2592000.")]
    [Range(30, 2_592_000)]
    public int? TimeoutSeconds { get; set; }

    /// <summary>Gets or sets after how many seconds the agent ends the script.</summary>
    /// <value>The default value is <see langword="null"/>: what the document says, an hour for AWS-RunShellScript.</value>
    [Description("Seconds after which the agent ends the script (the document's parameter executionTimeout), 1 to 172800.")]
    [Range(1, 172_800)]
    public int? ExecutionTimeoutSeconds { get; set; }

    /// <summary>Gets or sets on how many instances the command runs at once.</summary>
    /// <value>The default value is <see langword="null"/>: 50, by Systems Manager.</value>
    [Description("On how many instances it runs at once: a number or a percentage such as 10%.")]
    [RegularExpression("^([1-9][0-9]{0,6}|[1-9][0-9]?%|100%)\\z", ErrorMessage = "it must be a number from 1, or 1% to 100%.")]
    public string? MaxConcurrency { get; set; }

    /// <summary>Gets or sets after how many failures the command is sent to no further instance.</summary>
    /// <value>The default value is <see langword="null"/>: 0, by Systems Manager.</value>
    [Description("How many instances may fail before it is sent to no further one: a number or a percentage such as 10%.")]
    [RegularExpression("^(0|[1-9][0-9]{0,6}|[1-9]?[0-9]%|100%)\\z", ErrorMessage = "it must be a number from 0, or 0% to 100%.")]
    public string? MaxErrors { get; set; }

    /// <summary>Gets or sets the comment, which Systems Manager shows.</summary>
    /// <value>The default value is <see langword="null"/>: the job's name.</value>
    [Description("A comment for the history of Systems Manager. The job adds an id by which it finds the command again.")]
    [StringLength(60, MinimumLength = 1)]
    public string? Comment { get; set; }

    /// <summary>Gets or sets the bucket to which the agents write the whole output. Only a profile may set it.</summary>
    [Description("The S3 bucket for the whole output. Only a profile may set it.")]
    [StringLength(63, MinimumLength = 3)]
    public string? OutputS3BucketName { get; set; }

    /// <summary>Gets or sets what the keys of the output begin with. Only a profile may set it.</summary>
    [Description("What the keys of the output begin with. Only a profile may set it.")]
    [StringLength(500)]
    public string? OutputS3KeyPrefix { get; set; }

    /// <summary>Gets or sets a value indicating whether to wait until every instance has ended, and to fail if one fails.</summary>
    /// <value>The default value is <see langword="null"/>: no.</value>
    [Description("Whether to wait, at most until the deadline, and to take the outcome on each instance as the result.")]
    public bool? WaitForOutcome { get; set; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        (Profile is null ? CommandValidator.Validate(this) : CommandValidator.ValidateBesideProfile(this))
            .Select(problem => new ValidationResult(problem));
}
