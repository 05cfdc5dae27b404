using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatcher.Jobs.Celery;

/// <summary>One task to enqueue: the options of Celery's <c>apply_async</c> that travel in the message.</summary>
public record CeleryTask
{
    internal const int MaxSeconds = 366 * 24 * 60 * 60;
    internal const int MaxPriority = 9;

    // A worker looks a task up by its whole name, whatever that is. Invisible characters and spaces at the ends are mistakes.
    internal const string NamePattern = @"^(?!\p{Z})[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,255}(?<!\p{Z})\z";

    // What SQS accepts in a message group's id.
    internal const string GroupPattern = @"^[!-~]{1,128}\z";

    internal const string NameError =
        "it must be 1 to 255 printable characters, without a space at either end, and not a URL or a password.";

    /// <summary>Gets or sets the name under which the worker knows the task.</summary>
    [Description("The task's registered name, such as app.tasks.cleanup or create-nightly-billing.")]
    [Example("app.tasks.cleanup")]
    [StringLength(255)]
    [RegularExpression(NamePattern, ErrorMessage = NameError)]
    public string? Task { get; set; }

    /// <summary>Gets or sets the positional arguments.</summary>
    [Description("The positional arguments, any JSON.")]
    public IReadOnlyList<JsonElement>? Args { get; set; }

    /// <summary>Gets or sets the keyword arguments.</summary>
    [Description("The keyword arguments, any JSON.")]
    public IReadOnlyDictionary<string, JsonElement>? Kwargs { get; set; }

    /// <summary>Gets or sets how many seconds from now the worker holds the task back.</summary>
    [Description("Seconds from now before which the worker does not run the task. Not together with eta.")]
    [Range(0, MaxSeconds)]
    public int? Countdown { get; set; }

    /// <summary>Gets or sets the time before which the worker does not run the task.</summary>
    [Description("The time before which the worker does not run the task. Not together with countdown.")]
    public DateTimeOffset? Eta { get; set; }

    /// <summary>Gets or sets after how many seconds from now the worker drops the task instead of running it.</summary>
    [Description("Seconds from now after which the worker drops the task. Not together with expires.")]
    [Range(1, MaxSeconds)]
    public int? ExpiresIn { get; set; }

    /// <summary>Gets or sets the time after which the worker drops the task instead of running it.</summary>
    [Description("The time after which the worker drops the task. Not together with expiresIn.")]
    public DateTimeOffset? Expires { get; set; }

    /// <summary>Gets or sets the priority that the message carries.</summary>
    /// <value>The default value is 0. SQS itself has no priorities.</value>
    [Description("The message's priority, 0 to 9.")]
    [Range(0, MaxPriority)]
    public int? Priority { get; set; }

    /// <summary>Gets or sets the task's id, instead of the one made from the scheduled slot.</summary>
    /// <remarks>A UUID is sent in lower case, as Python writes it.</remarks>
    [Description("The task's id, such as a UUID. Unless given, it is made from the scheduled slot.")]
    [StringLength(255)]
    [RegularExpression(NamePattern, ErrorMessage = NameError)]
    public string? TaskId { get; set; }

    /// <summary>Gets or sets after how many seconds the worker stops the task.</summary>
    /// <value>The default value is <see langword="null"/>: what the worker's own settings say.</value>
    [Description("Seconds after which the worker kills the process that runs the task.")]
    [Range(1, MaxSeconds)]
    public int? TimeLimit { get; set; }

    /// <summary>Gets or sets after how many seconds the worker raises <c>SoftTimeLimitExceeded</c> in the task.</summary>
    /// <value>The default value is <see langword="null"/>: what the worker's own settings say.</value>
    [Description("Seconds after which the task gets SoftTimeLimitExceeded, to clean up. Below timeLimit.")]
    [Range(1, MaxSeconds)]
    public int? SoftTimeLimit { get; set; }

    /// <summary>Gets or sets headers beside those of Celery, as <c>apply_async(headers=…)</c> sends them.</summary>
    [Description("Further headers, any JSON by name: the task reads one with self.request.get(\"tenant\").")]
    public IReadOnlyDictionary<string, JsonElement>? Headers { get; set; }

    /// <summary>
    /// Gets or sets the group within which a FIFO queue keeps the order, and by which a standard queue shares its workers fairly.
    /// </summary>
    /// <value>The default value is <c>default</c> on a FIFO queue, as in Celery, and none on a standard queue.</value>
    [Description("The message group: the order on a FIFO queue, a tenant on a standard one (fair queues).")]
    [RegularExpression(GroupPattern, ErrorMessage = "it must be 1 to 128 ASCII letters, digits and punctuation marks.")]
    public string? MessageGroupId { get; set; }

    /// <summary>Gets or sets the unknown fields of a task, so that each can be named.</summary>
    [JsonExtensionData]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}
