using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dispatcher.Jobs.VideoUploads.Rules;

namespace Dispatcher.Jobs.VideoUploads;

/// <summary>The parameters of <c>video-upload-cleanup</c>.</summary>
public sealed record VideoUploadCleanupParameters : IValidatableObject
{
    /// <summary>The tag that puts an orphaned object into quarantine; its value is the time from which it may be deleted.</summary>
    public const string QuarantineTag = "maintenance-delete-after";

    /// <summary>Gets the DynamoDB table of the upload sessions.</summary>
    [Description("The DynamoDB table of the upload sessions, by name or ARN.")]
    [RegularExpression("^(arn:[A-Za-z0-9:._/-]{1,1000}|[A-Za-z0-9_.-]{3,255})$", ErrorMessage = "it must be a table's name or ARN.")]
    [FromConfiguration("TABLE_NAME")]
    [Example("upload-sessions")]
    public required string Table { get; init; }

    /// <summary>Gets the S3 bucket of the uploads.</summary>
    [Description("The S3 bucket of the uploads.")]
    [RegularExpression("^[A-Za-z0-9._-]{3,255}$", ErrorMessage = "it must be a bucket's name.")]
    [FromConfiguration("BUCKET")]
    [Example("video-uploads")]
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

    /// <summary>
    /// Gets or sets the share of the recognized objects that may be without a session before <see cref="Orphans"/> is refused.
    /// </summary>
    /// <value>The default value is 50 (percent). 100 never refuses because of the share.</value>
    [Description("Refuse orphans=delete and quarantine when more than this share of the uploads in the bucket has no session; "
        + "100 never refuses.")]
    [Range(0, 100)]
    public int MaxOrphanedPercent { get; set; } = 50;

    /// <summary>Gets or sets what happens to expired sessions and what they left in the bucket.</summary>
    /// <value>The default value is <see cref="ExpiredObjectHandling.Delete"/>.</value>
    [Description("What happens to expired sessions and their objects and uploads: delete (now) or quarantine (mark now, "
        + "delete in a later run).")]
    public ExpiredObjectHandling ExpiredObjects { get; set; } = ExpiredObjectHandling.Delete;

    /// <summary>Gets or sets how long an orphaned object, or an expired session with all it has, stays in quarantine.</summary>
    /// <value>The default value is 7 (days).</value>
    [Description("How many days an orphaned object or an expired session stays in quarantine before a later run deletes it.")]
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
    [RegularExpression(@"^[^\p{Cc}]{0,1024}$", ErrorMessage = "it must be the beginning of a key, at most 1,024 characters.")]
    public string Prefix { get; set; } = "uploads/";

    /// <summary>Gets or sets a value indicating whether all attributes of a session go into the audit trail before it is removed.</summary>
    /// <value>The default value is <see langword="false"/>: those that the job reads.</value>
    [Description("Whether the audit trail gets all attributes of a removed session, so that restore can put all of them back. "
        + "They may be personal data.")]
    public bool AuditSessions { get; set; }

    /// <summary>Gets or sets the rules of which an item has to match one to be changed.</summary>
    /// <value>The default value is empty: every item.</value>
    [Description("Change only what one of these rules matches: [{\"attributes\":{\"userId\":\"u1\"},\"keyPrefix\":\"uploads/2026-\","
        + "\"minBytes\":1,\"maxBytes\":1000}]; all fields of a rule have to match.")]
    public IReadOnlyList<SelectionRule> Include { get; set; } = [];

    /// <summary>Gets or sets the rules of which an item may match none to be changed. They win over <see cref="Include"/>.</summary>
    /// <value>The default value is empty: no item.</value>
    [Description("Never change what one of these rules matches, or may match as far as is known; the form is that of include.")]
    public IReadOnlyList<SelectionRule> Exclude { get; set; } = [];

    /// <summary>Gets or sets the regular expression of the uploads' keys, with a group named <c>session</c>.</summary>
    /// <value>The default value is <c>uploads/YYYY-MM-DD/UUID.EXTENSION</c>, written as a regular expression.</value>
    [Description("The regular expression of an upload's whole key. Its group 'session' is the session's id; "
        + "a group 'date' is the day of the upload.")]
    [StringLength(1000, MinimumLength = 1)]
    public string KeyPattern { get; set; } = UploadKeyPattern.Default;

    /// <summary>Gets or sets the name of the table's hash key, the session's id.</summary>
    /// <value>The default value is <c>uploadSessionId</c>.</value>
    [Description("The table's hash key, the session's id, of type S.")]
    [StringLength(255, MinimumLength = 1)]
    public string HashKey { get; set; } = "uploadSessionId";

    /// <summary>Gets or sets the attribute that holds a session's status.</summary>
    /// <value>The default value is <c>status</c>.</value>
    [Description("The attribute of a session's status.")]
    [StringLength(255, MinimumLength = 1)]
    public string StatusAttribute { get; set; } = "status";

    /// <summary>Gets or sets the attribute that holds <c>single</c> or <c>multipart</c>.</summary>
    /// <value>The default value is <c>uploadType</c>.</value>
    [Description("The attribute of a session's type, single or multipart.")]
    [StringLength(255, MinimumLength = 1)]
    public string TypeAttribute { get; set; } = "uploadType";

    /// <summary>Gets or sets the attribute that holds the object's key.</summary>
    /// <value>The default value is <c>key</c>.</value>
    [Description("The attribute of the object's key.")]
    [StringLength(255, MinimumLength = 1)]
    public string KeyAttribute { get; set; } = "key";

    /// <summary>Gets or sets the attribute that holds when a session expires, in epoch seconds.</summary>
    /// <value>The default value is <c>ttl</c>.</value>
    [Description("The attribute of the time a session expires, in epoch seconds.")]
    [StringLength(255, MinimumLength = 1)]
    public string TtlAttribute { get; set; } = "ttl";

    /// <summary>Gets or sets the attribute that holds the id of the multipart upload.</summary>
    /// <value>The default value is <c>s3UploadId</c>.</value>
    [Description("The attribute of a multipart upload's id.")]
    [StringLength(255, MinimumLength = 1)]
    public string UploadIdAttribute { get; set; } = "s3UploadId";

    /// <summary>Gets or sets the status of a session whose upload is not finished.</summary>
    /// <value>The default value is <c>created</c>.</value>
    [Description("The status of a session whose upload is not finished.")]
    [StringLength(255, MinimumLength = 1)]
    public string CreatedStatus { get; set; } = "created";

    /// <summary>Gets or sets the status that this job gives to sessions which are kept for review.</summary>
    /// <value>The default value is <c>partial</c>.</value>
    [Description("The status of a session that is kept for review; this job writes it.")]
    [StringLength(255, MinimumLength = 1)]
    public string PartialStatus { get; set; } = "partial";

    /// <summary>Gets or sets the statuses of sessions whose upload is finished.</summary>
    /// <value>The default value is <c>uploaded</c> and <c>processed</c>.</value>
    [Description("The statuses of sessions whose upload is finished; they are kept.")]
    public IReadOnlyList<string> FinishedStatuses { get; set; } = ["uploaded", "processed"];

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => ParameterValidator.Validate(this);
}
