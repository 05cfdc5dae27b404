namespace Dispatcher.Jobs.Celery;

/// <summary>The deployment of <c>celery-enqueue</c>.</summary>
internal static class CeleryDeployment
{
    /// <summary>Declares schedule, settings and permissions.</summary>
    /// <param name="deploy">The deployment.</param>
    public static void Declare(JobDeployment deploy) => deploy
        .Enabled(byDefault: false, "Whether celery-enqueue is scheduled and allowed to send to its queue.")
        .Schedule("rate(1 day)", """{"task":"${CeleryTask}"}""", "Enqueues a Celery task.")
        .Parameter("CeleryQueueName", parameter => parameter
            .Text("celery", @"[A-Za-z0-9_-]{1,80}(\.fifo)?")
            .Describe("The SQS queue of the Celery workers, in this account and region."))
        .Parameter("CeleryTask", parameter => parameter
            .Text("app.tasks.maintenance.run_all_maintenance", @"[^\\""<>,*]{1,255}")
            .Describe("The name of the task that the rule enqueues."))
        .Parameter("CeleryOtherTasks", parameter => parameter
            .Text(string.Empty)
            .Describe("Further tasks that payloads may enqueue, between commas; app.tasks.* stands for all that begin so."))
        .SettingText("CELERY_QUEUE_URL", "https://sqs.${AWS::Region}.${AWS::URLSuffix}/${AWS::AccountId}/${CeleryQueueName}")
        .SettingText("CELERY_ALLOWED_TASKS", "${CeleryTask},${CeleryOtherTasks}")
        .Allow(new JobPermission(
            "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${CeleryQueueName}",
            "sqs:GetQueueAttributes",
            "sqs:GetQueueUrl",
            "sqs:SendMessage") { Sid = "CeleryQueue" });
}
