using Amazon.Runtime;
using Amazon.SQS;
using Dispatcher.Jobs.Celery;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.Permissions;

internal sealed class CeleryEnqueuePermissionTests : RequestFixture
{
    private const string Queue = "celery";

    private string _url = string.Empty;

    protected override IEnumerable<string> Requests =>
    [
        "sqs:GetQueueAttributes 1",
        "sqs:SendMessageBatch 1",
        "sqs:GetQueueUrl 1, sqs:SendMessageBatch 1",
    ];

    protected override async Task PrepareAsync()
    {
        using var sqs = Server.CreateSqs();
        _url = (await sqs.CreateQueueAsync(Queue)).QueueUrl;
    }

    protected override Task<PermissionWorld> CreateWorldAsync(AWSCredentials credentials) => Task.FromResult(new PermissionWorld(
        [
            (Create(credentials), """{"job":"celery-enqueue","dryRun":true,"parameters":{"task":"tasks.add"}}"""),
            (Create(credentials), """{"job":"celery-enqueue","parameters":{"task":"tasks.add","args":[1,2]}}"""),
            (Create(credentials), $$$"""{"job":"celery-enqueue","parameters":{"queueName":"{{{Queue}}}","task":"tasks.add"}}"""),
        ],
        new Dictionary<string, string> { ["CeleryQueueName"] = Queue }));

    private JobHarness Create(AWSCredentials credentials) => new(
        builder =>
        {
            builder.Services.AddSingleton<IAmazonSQS>(_ => Server.CreateSqs(credentials));
            builder.AddCeleryEnqueue();
        },
        new Dictionary<string, string?> { ["CELERY_QUEUE_URL"] = _url, ["CELERY_ALLOWED_TASKS"] = "tasks.add" });
}
