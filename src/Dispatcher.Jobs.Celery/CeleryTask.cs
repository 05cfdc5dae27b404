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

    // \z, not $: $ would accept a trailing line feed.
    internal const string TaskPattern = @"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*\z";

    /// <summary>Gets or sets the name under which the worker knows the task.</summary>
    [Description("The task's registered name, a dotted Python path.")]
    [StringLength(255)]
    [RegularExpression(TaskPattern, ErrorMessage = "a task's name is a dotted Python path such as app.tasks.cleanup.")]
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
    [Description("The task's id, a UUID. Unless given, it is made from the scheduled slot.")]
    [RegularExpression("^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\\z", ErrorMessage = "a task's id is a UUID.")]
    public string? TaskId { get; set; }

    /// <summary>Gets or sets the group within which a FIFO queue keeps the order.</summary>
    /// <value>The default value is <c>default</c>, as in Celery. Ignored unless the queue is FIFO.</value>
    [Description("The message group on a FIFO queue.")]
    [StringLength(128, MinimumLength = 1)]
    public string? MessageGroupId { get; set; }

    /// <summary>Gets or sets the unknown fields of a task, so that each can be named.</summary>
    [JsonExtensionData]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}
