using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dispatcher.Jobs.Celery.CeleryEnqueue;

/// <summary>Is what <c>celery-enqueue</c> takes: a queue, and one task or several.</summary>
public sealed record CeleryEnqueueParameters : CeleryTask, IValidatableObject
{
    internal const int MaxTasks = 1000;

    /// <summary>Gets or sets several tasks, instead of the one that the other parameters describe.</summary>
    [Description("Several tasks, each with the fields of a single one. Instead of task.")]
    public IReadOnlyList<CeleryTask>? Tasks { get; set; }

    /// <summary>Gets or sets the queue's URL.</summary>
    [Description("The queue's URL.")]
    [FromConfiguration("CELERY_QUEUE_URL")]
    public Uri? QueueUrl { get; set; }

    /// <summary>Gets or sets the queue's name, which takes precedence over the URL of the environment.</summary>
    [Description("The queue's name, in the function's own account and region. Instead of queueUrl.")]
    [RegularExpression("^[A-Za-z0-9_-]{1,80}(\\.fifo)?\\z", ErrorMessage = "a queue's name has letters, digits, '-' and '_', and may end in .fifo.")]
    public string? QueueName { get; set; }

    /// <summary>Gets or sets the routing key that the messages carry.</summary>
    /// <value>The default value is <see langword="null"/>: the queue's name.</value>
    [Description("The worker's own name of the queue, where its queue_name_prefix or predefined_queues make it differ from the queue's name in SQS.")]
    [FromConfiguration("CELERY_ROUTING_KEY")]
    [StringLength(255, MinimumLength = 1)]
    public string? RoutingKey { get; set; }

    /// <summary>Gets the tasks, however they were given.</summary>
    internal IReadOnlyList<CeleryTask> AllTasks => Tasks ?? [this];

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var problems = new List<string>();
        CheckQueue(problems);
        if (Tasks is null)
        {
            TaskCheck.Check(this, string.Empty, problems);
        }
        else
        {
            CheckTasks(Tasks, problems);
        }

        return problems.Select(problem => new ValidationResult(problem));
    }

    private void CheckQueue(List<string> problems)
    {
        if (QueueUrl is null && QueueName is null)
        {
            problems.Add("No queue is given. Set the environment variable CELERY_QUEUE_URL, or give {\"parameters\":{\"queueUrl\":…}} or \"queueName\".");
        }

        if (QueueName is null && QueueUrl is { } url && !CeleryQueue.IsQueueUrl(url))
        {
            problems.Add($"Parameter 'queueUrl' is '{CeleryQueue.Print(url.OriginalString)}', which is not a queue's URL or has a user name or a query. Give a queue's URL such as https://sqs.us-east-1.amazonaws.com/123456789012/celery.");
        }
    }

    private void CheckTasks(IReadOnlyList<CeleryTask> tasks, List<string> problems)
    {
        if (tasks.Count is 0 or > MaxTasks)
        {
            problems.Add($"Parameter 'tasks' holds {tasks.Count} tasks. Give 1 to {MaxTasks}.");
        }

        var doubled = TaskCheck.GivenFields(this);
        if (doubled.Count > 0)
        {
            problems.Add($"Parameters {string.Join(", ", doubled)} belong to a single task, but 'tasks' is given. Move them into the tasks that they are meant for.");
        }

        for (var index = 0; index < tasks.Count && index < MaxTasks; index++)
        {
            TaskCheck.Check(tasks[index], $"tasks[{index}].", problems);
        }

        var ids = tasks.Select(task => task.TaskId).OfType<string>().GroupBy(id => id, StringComparer.OrdinalIgnoreCase);
        problems.AddRange(ids.Where(group => group.Count() > 1).Select(group => $"The task id {group.Key} is given {group.Count()} times. Give each task an id of its own."));
    }
}
