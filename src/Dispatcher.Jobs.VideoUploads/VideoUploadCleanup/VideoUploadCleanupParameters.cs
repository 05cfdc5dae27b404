using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dispatcher.Parameters;

namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup;

/// <summary>Holds the parameters of <c>video-upload-cleanup</c>.</summary>
public sealed record VideoUploadCleanupParameters : IValidatableObject
{
    /// <summary>The tag that puts an orphaned object into quarantine; its value is the time from which it may be deleted.</summary>
    public const string QuarantineTag = "maintenance-delete-after";

    /// <summary>Gets the DynamoDB table of the upload sessions.</summary>
    [Description("The DynamoDB table of the upload sessions, by name or ARN.")]
    [RegularExpression("^(arn:[A-Za-z0-9:._/-]{1,1000}|[A-Za-z0-9_.-]{3,255})$", ErrorMessage = "it must be a table's name or ARN.")]
    [FromConfiguration("TABLE_NAME")]
    public required string Table { get; init; }

    /// <summary>Gets the S3 bucket of the uploads.</summary>
    [Description("The S3 bucket of the uploads.")]
    [RegularExpression("^[A-Za-z0-9._-]{3,255}$", ErrorMessage = "it must be a bucket's name.")]
    [FromConfiguration("BUCKET")]
    public required string Bucket { get; init; }

    /// <summary>Gets or sets how old an object or an upload without a session must be before it is touched.</summary>
    /// <value>The default value is 24 (hours).</value>
    [Description("How many hours old an object or upload without a session must be before it is touched.")]
    [Range(0, 87_600)]
    [FromConfiguration("CLEANUP_AGE_HOURS")]
    public int CleanupAgeHours { get; set; } = 24;

    /// <summary>Gets or sets how many items go into one batch; DynamoDB takes at most 100 of them at a time, S3 1,000.</summary>
    /// <value>The default value is 100.</value>
    [Description("How many items go into one batch of changes; where a service takes fewer at a time, its limit counts.")]
    [Range(1, 1_000)]
    [FromConfiguration("BATCH_SIZE")]
    public int BatchSize { get; set; } = 100;

    /// <summary>Gets or sets what happens to objects without a session.</summary>
    /// <value>The default value is <see cref="OrphanHandling.Report"/>.</value>
    [Description("What happens to objects without a session: report (nothing), quarantine (tag now, delete later) or delete.")]
    public OrphanHandling Orphans { get; set; } = OrphanHandling.Report;

    /// <summary>Gets or sets how long an orphaned object stays in quarantine.</summary>
    /// <value>The default value is 7 (days).</value>
    [Description("How many days an orphaned object stays in quarantine before a later run deletes it.")]
    [Range(0, 3_650)]
    public int QuarantineDays { get; set; } = 7;

    /// <summary>Gets or sets a value indicating whether finished sessions lose their ttl, so that an absent session is evidence.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    [Description("Whether the application removes the ttl of finished sessions. Say true only if it does: orphans are judged by it.")]
    public bool CompletedUploadsKeepTheirSession { get; set; }

    /// <summary>Gets or sets the key of an object tag that marks finished uploads. An object that has it is never an orphan.</summary>
    /// <value>The default value is <see langword="null"/>: finished objects are not tagged.</value>
    [Description("The key of an object tag that marks finished uploads; an object that has it is kept.")]
    [RegularExpression(@"^[\p{L}\p{N} _.:/=+@-]{1,128}$", ErrorMessage = "it must be the key of an object tag.")]
    public string? FinishedTag { get; set; }

    /// <summary>Gets or sets how long a partial upload is kept for review.</summary>
    /// <value>The default value is 7 (days). 0 removes it at once.</value>
    [Description("How many days a partial upload is kept for review; 0 removes it at once.")]
    [Range(0, 3_650)]
    public int PartialRetentionDays { get; set; } = 7;

    /// <summary>Gets or sets how many requests are under way at once.</summary>
    /// <value>The default value is 16.</value>
    [Description("How many requests are under way at once.")]
    [Range(1, 256)]
    public int Concurrency { get; set; } = 16;

    /// <summary>Gets or sets the beginning of the keys that this run looks after.</summary>
    /// <value>The default value is <c>uploads/</c>.</value>
    [Description("Restricts the run to keys that begin so, for example uploads/2026-11-.")]
    [RegularExpression("^uploads/[A-Za-z0-9._/-]{0,200}$", ErrorMessage = "it must begin with uploads/.")]
    public string Prefix { get; set; } = "uploads/";

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (FinishedTag == QuarantineTag)
        {
            yield return new ValidationResult(
                $"Parameter 'finishedTag' is '{QuarantineTag}', the tag that quarantine writes. Name the tag that the application writes.",
                ["finishedTag"]);
        }
    }
}
