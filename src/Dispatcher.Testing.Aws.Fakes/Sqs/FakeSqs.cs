using System.Net;
using System.Text.Json.Nodes;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Dispatcher.Testing.Aws.Fakes.Http;

namespace Dispatcher.Testing.Aws.Fakes.Sqs;

/// <summary>SQS in memory: standard and FIFO queues, visibility timeouts, deduplication, message groups and dead-letter queues.</summary>
public sealed class FakeSqs : IFakeService
{
    internal const string TargetPrefix = "AmazonSQS.";

    private readonly FakeWorld _world;

    internal FakeSqs(FakeWorld world) => _world = world;

    internal Dictionary<string, FakeQueue> Queues { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a queue.</summary>
    /// <param name="name">Its name. That of a FIFO queue ends with <c>.fifo</c>.</param>
    /// <returns>The queue.</returns>
    public FakeQueue CreateQueue(string name) => _world.Locked(() =>
    {
        var queue = new FakeQueue(_world, name);
        Queues.Add(name, queue);
        return queue;
    });

    (string Operation, string Target) IFakeService.Describe(FakeRequest request)
    {
        var json = Parse(request);
        var name = json["QueueUrl"]?.GetValue<string>() is { } url ? NameIn(url) : json["QueueName"]?.GetValue<string>();
        return ($"sqs:{OperationOf(request)}", $"sqs://{name}");
    }

    async Task IFakeService.WaitAsync(FakeRequest request, CancellationToken cancellationToken)
    {
        if (OperationOf(request) != "ReceiveMessage" || Parse(request)["WaitTimeSeconds"]?.GetValue<int>() is not (> 0 and var seconds))
        {
            return;
        }

        var end = _world.Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds);
        while (_world.Locked(() => Poll(request, end)) is { } wait)
        {
            using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(wait.Changed, Task.Delay(wait.Pause, _world.Clock, timer.Token));
            await timer.CancelAsync();
        }
    }

    HttpResponseMessage IFakeService.Execute(FakeRequest request, FakeCall call)
    {
        var parsed = new JsonRequest(Parse(request), OperationOf(request));
        var queues = new QueueOperations(_world, this, parsed, call, request.Authority);
        var messages = new MessageOperations(_world, this, parsed, call);
        var answer = parsed.Operation switch
        {
            "CreateQueue" => queues.Create(),
            "GetQueueUrl" => queues.GetUrl(),
            "ListQueues" => queues.List(),
            "GetQueueAttributes" => queues.GetAttributes(),
            "SetQueueAttributes" => queues.SetAttributes(),
            "PurgeQueue" => queues.Purge(),
            "DeleteQueue" => queues.Delete(),
            "SendMessage" => messages.Send(),
            "SendMessageBatch" => messages.SendBatch(),
            "ReceiveMessage" => messages.Receive(),
            "DeleteMessage" => messages.Delete(),
            "DeleteMessageBatch" => messages.DeleteBatch(),
            "ChangeMessageVisibility" => messages.ChangeVisibility(),
            "ChangeMessageVisibilityBatch" => messages.ChangeVisibilityBatch(),
            _ => throw new NotSupportedException($"{parsed.Operation} is not supported. Teach the fake what it means."),
        };
        return JsonAnswer.Make(HttpStatusCode.OK, answer);
    }

    HttpResponseMessage IFakeService.Refuse(FakeRequest request, FakeServiceException exception)
    {
        var response = JsonAnswer.Refuse(exception, "com.amazonaws.sqs", "message");
        var fault = (int)exception.Status < 500 ? "Sender" : "Receiver";
        response.Headers.Add("x-amzn-query-error", $"{SqsError.QueryCode(exception.Code)};{fault}");
        return response;
    }

    FakeServiceException IFakeService.RefusalFor(FakeFault fault) => fault switch
    {
        FakeFault.ServerError => new(HttpStatusCode.InternalServerError, "InternalError", "The request processing has failed."),
        FakeFault.Throttled => new(HttpStatusCode.BadRequest, "RequestThrottled", "The request was denied due to request throttling."),
        FakeFault.Denied => new(HttpStatusCode.Forbidden, "AccessDeniedException", "Access to the resource is denied."),
        _ => throw new NotSupportedException($"{fault} is not a refusal."),
    };

    /// <summary>Finds the queue of an address, of which only the last part counts.</summary>
    internal FakeQueue Find(string? url) =>
        url is not null && Queues.TryGetValue(NameIn(url), out var queue) ? queue : throw SqsError.NoQueue();

    private static string NameIn(string url) => url[(url.LastIndexOf('/') + 1)..];

    private static string OperationOf(FakeRequest request) =>
        request.Headers.GetValueOrDefault("X-Amz-Target") is { } target && target.StartsWith(TargetPrefix, StringComparison.Ordinal)
            ? target[TargetPrefix.Length..]
            : throw new NotSupportedException("Only the protocol AWS JSON 1.0 of SQS is supported.");

    private static JsonObject Parse(FakeRequest request) => JsonNode.Parse(request.Body)!.AsObject();

    /// <summary>Determines how long a request that waits for messages has to go on waiting.</summary>
    private (Task Changed, TimeSpan Pause)? Poll(FakeRequest request, DateTimeOffset end)
    {
        var now = _world.Clock.GetUtcNow();
        if (!Queues.TryGetValue(NameIn(Parse(request)["QueueUrl"]!.GetValue<string>()), out var queue) || now >= end)
        {
            return null;
        }

        var next = queue.NextReceivableAt() ?? end;
        return next <= now ? null : (queue.Changed, (next < end ? next : end) - now);
    }
}
