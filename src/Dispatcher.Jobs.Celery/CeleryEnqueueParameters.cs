using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dispatcher.Jobs.Celery;

/// <summary>The parameters of <c>celery-enqueue</c>: a queue, and one task or several.</summary>
public sealed record CeleryEnqueueParameters : CeleryTask, IValidatableObject, INamedTask
{
    internal const int MaxTasks = 1000;

    /// <summary>Gets or sets several tasks, instead of the one that the other parameters describe.</summary>
    [Description("Several tasks, each with the fields of a single one. Instead of task.")]
    public IReadOnlyList<CeleryTask>? Tasks { get; set; }

    /// <summary>Gets or sets the queue's URL.</summary>
    [Description("The queue's URL.")]
    [Example("https://sqs.eu-central-1.amazonaws.com/123456789012/celery")]
    [FromConfiguration("CELERY_QUEUE_URL")]
    public Uri? QueueUrl { get; set; }

    /// <summary>Gets or sets the queue's name, which takes precedence over the URL of the environment.</summary>
    [Description("The queue's name, in the function's own account and region. Instead of queueUrl.")]
    [RegularExpression(
        "^[A-Za-z0-9_-]{1,80}(\\.fifo)?\\z", ErrorMessage = "a queue's name has letters, digits, '-' and '_', and may end in .fifo.")]
    public string? QueueName { get; set; }

    /// <summary>Gets or sets the routing key that the messages carry.</summary>
    /// <value>The default value is <see langword="null"/>: the queue's name.</value>
    [Description("The worker's own name of the queue, if queue_name_prefix or predefined_queues make it differ from the name in SQS.")]
    [FromConfiguration("CELERY_ROUTING_KEY")]
    [StringLength(255, MinimumLength = 1)]
    public string? RoutingKey { get; set; }

    /// <summary>Gets the tasks, however they were given.</summary>
    internal IReadOnlyList<CeleryTask> AllTasks => Tasks ?? [this];

    /// <summary>Gets the name that all tasks share.</summary>
    string? INamedTask.TaskName => AllTasks.Select(static task => task.Task).Distinct(StringComparer.Ordinal).Take(2).ToList() is [var only]
        ? only
        : null;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        ValidateQueue().Concat(Tasks is null ? TaskValidator.Validate(this, string.Empty) : ValidateTasks(Tasks))
            .Select(problem => new ValidationResult(problem));

    private IEnumerable<string> ValidateQueue()
    {
        if (QueueUrl is null && QueueName is null)
        {
            yield return "No queue is given. Set the environment variable CELERY_QUEUE_URL, "
                         + "or give {\"parameters\":{\"queueUrl\":…}} or \"queueName\".";
        }

        if (QueueName is null && QueueUrl is { } url && !CeleryQueue.IsQueueUrl(url))
        {
            yield return $"Parameter 'queueUrl' is '{CeleryQueue.Print(url.OriginalString)}', "
                         + "which is not a queue's URL or has a user name or a query. "
                         + "Give a queue's URL such as https://sqs.us-east-1.amazonaws.com/123456789012/celery.";
        }
    }

    private IEnumerable<string> ValidateTasks(IReadOnlyList<CeleryTask> tasks)
    {
        if (tasks.Count is 0 or > MaxTasks)
        {
            yield return $"Parameter 'tasks' holds {tasks.Count} tasks. Give 1 to {MaxTasks}.";
        }

        if (TaskValidator.GivenFields(this) is { Count: > 0 } given)
        {
            yield return $"Parameters {string.Join(", ", given)} belong to a single task, but 'tasks' is given. "
                         + "Move them into the tasks that they are meant for.";
        }

        foreach (var problem in tasks.Take(MaxTasks).SelectMany((task, index) => TaskValidator.Validate(task, $"tasks[{index}].")))
        {
            yield return problem;
        }

        foreach (var ids in tasks.Select(task => task.TaskId).OfType<string>().GroupBy(id => id, StringComparer.OrdinalIgnoreCase))
        {
            if (ids.Count() > 1)
            {
                yield return $"The task id {ids.Key} is given {ids.Count()} times. Give each task its own id.";
            }
        }
    }
}
