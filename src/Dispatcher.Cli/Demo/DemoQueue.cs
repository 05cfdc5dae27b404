using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.SQS;
using Amazon.SQS.Model;
using Dispatcher.LocalServers.Moto;

namespace Dispatcher.Cli.Demo;

/// <summary>The queue that <c>celery-enqueue</c> writes to: a FIFO queue, which drops a message that it has seen.</summary>
/// <param name="server">The server.</param>
internal sealed class DemoQueue(MotoServer server) : DemoTarget
{
    private const string Task = "reports.send_daily";

    private readonly AmazonSQSClient _sqs = server.CreateSqs();
    private string _url = string.Empty;

    /// <inheritdoc />
    public override string Job => "celery-enqueue";

    /// <inheritdoc />
    public override string Expected => $$"""task {{Task}} ["2026-11-22"] {"to":"Zoë"}""";

    /// <inheritdoc />
    public override async Task<JsonObject> PrepareAsync(string slot, CancellationToken cancellationToken)
    {
        var request = new CreateQueueRequest("celery-demo.fifo") { Attributes = new Dictionary<string, string> { ["FifoQueue"] = "true" } };
        _url = (await _sqs.CreateQueueAsync(request, cancellationToken)).QueueUrl;
        return new JsonObject
        {
            ["queueUrl"] = _url,
            ["task"] = Task,
            ["args"] = new JsonArray("2026-11-22"),
            ["kwargs"] = new JsonObject { ["to"] = "Zoë" },
        };
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<string>> LookAsync(CancellationToken cancellationToken)
    {
        // Not hidden from the next look.
        var request = new ReceiveMessageRequest(_url) { MaxNumberOfMessages = 10, VisibilityTimeout = 0 };
        var response = await _sqs.ReceiveMessageAsync(request, cancellationToken);
        return [.. (response.Messages ?? []).Select(message => Decode(message.Body))];
    }

    /// <inheritdoc />
    public override void Dispose() => _sqs.Dispose();

    /// <summary>Reads a message as a Celery worker does.</summary>
    private static string Decode(string message)
    {
        using var envelope = JsonDocument.Parse(Convert.FromBase64String(message));
        using var body = JsonDocument.Parse(envelope.RootElement.GetProperty("body").GetBytesFromBase64());
        var task = envelope.RootElement.GetProperty("headers").GetProperty("task");
        return $"task {task} {body.RootElement[0].GetRawText()} {body.RootElement[1].GetRawText()}";
    }
}
