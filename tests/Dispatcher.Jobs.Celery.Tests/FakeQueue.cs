using System.Net;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Moq;

namespace Dispatcher.Jobs.Celery.Tests;

/// <summary>An SQS queue in memory, which can be told to fail the next calls.</summary>
internal sealed class FakeQueue
{
    public const string Url = "https://sqs.us-east-1.amazonaws.com/123456789012/celery";

    private readonly Queue<Func<SendMessageBatchRequest, SendMessageBatchResponse>> _script = new();
    private readonly Mock<IAmazonSQS> _sqs = new(MockBehavior.Strict);

    public FakeQueue()
    {
        _sqs.SetupGet(sqs => sqs.Config).Returns(() => null!);
        _sqs.Setup(sqs => sqs.SendMessageBatchAsync(It.IsAny<SendMessageBatchRequest>(), It.IsAny<CancellationToken>()))
            .Returns<SendMessageBatchRequest, CancellationToken>(SendAsync);
        _sqs.Setup(sqs => sqs.GetQueueAttributesAsync(It.IsAny<GetQueueAttributesRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((GetQueueAttributesRequest request, CancellationToken _) => DescribeAttribute(request.AttributeNames.Single()));
        _sqs.Setup(sqs => sqs.GetQueueUrlAsync(It.IsAny<GetQueueUrlRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((GetQueueUrlRequest request, CancellationToken _) =>
                new GetQueueUrlResponse { QueueUrl = $"https://sqs.us-east-1.amazonaws.com/123456789012/{request.QueueName}" });
    }

    public IAmazonSQS Client => _sqs.Object;

    public Mock<IAmazonSQS> Mock => _sqs;

    public int MaximumMessageSize { get; set; } = 1024 * 1024;

    public int VisibilityTimeout { get; set; } = 30;

    /// <summary>Gets the names of the attributes that were read.</summary>
    public List<string> Read { get; } = [];

    /// <summary>Gets or sets why attributes cannot be read.</summary>
    public Exception? AttributesFailure { get; set; }

    public List<SendMessageBatchRequest> Calls { get; } = [];

    public List<SendMessageBatchRequestEntry> Taken { get; } = [];

    /// <summary>Gets a task that ends at the first call that writes.</summary>
    public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets or sets a value indicating whether a call waits until it is cancelled.</summary>
    public bool Hangs { get; set; }

    public FakeQueue Next(Func<SendMessageBatchRequest, SendMessageBatchResponse> answer)
    {
        _script.Enqueue(answer);
        return this;
    }

    /// <summary>Refuses the entries of the next call at the given places, and accepts the others.</summary>
    public FakeQueue NextRefuses(bool senderFault, string code, params int[] places) => Next(request =>
    {
        var failed = places.Select(place => request.Entries[place]).ToList();
        Taken.AddRange(request.Entries.Except(failed));
        return new SendMessageBatchResponse
        {
            Failed =
            [
                .. failed.Select(entry => new BatchResultErrorEntry
                {
                    Id = entry.Id, Code = code, Message = "refused", SenderFault = senderFault,
                }),
            ],
        };
    });

    public FakeQueue NextThrows(Exception exception) => Next(_ => throw exception);

    public static AmazonSQSException Error(string code, HttpStatusCode status) =>
        new("It failed.", null, ErrorType.Sender, code, "r-1", status);

    private GetQueueAttributesResponse DescribeAttribute(string name)
    {
        Read.Add(name);
        return AttributesFailure is { } failure ? throw failure : new GetQueueAttributesResponse
        {
            Attributes = new() { [name] = $"{(name == "VisibilityTimeout" ? VisibilityTimeout : MaximumMessageSize)}" },
        };
    }

    private async Task<SendMessageBatchResponse> SendAsync(SendMessageBatchRequest request, CancellationToken cancellationToken)
    {
        Calls.Add(request);
        Called.TrySetResult();
        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        if (_script.TryDequeue(out var answer))
        {
            return answer(request);
        }

        if (request.Entries.Any(entry => entry.MessageBody.Length > MaximumMessageSize))
        {
            throw Error("InvalidParameterValue", HttpStatusCode.BadRequest);
        }

        Taken.AddRange(request.Entries);
        return new SendMessageBatchResponse();
    }
}
