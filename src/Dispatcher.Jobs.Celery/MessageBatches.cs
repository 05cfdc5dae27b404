namespace Dispatcher.Jobs.Celery;

/// <summary>Cuts messages into batches that SQS takes in one call: at most 10 messages and 1 MiB.</summary>
internal static class MessageBatches
{
    internal const int MaxMessages = 10;
    internal const int MaxBytes = 1024 * 1024;

    /// <summary>Cuts in order; a message's text is ASCII, so that its length is its size.</summary>
    public static IEnumerable<IReadOnlyList<CeleryMessage>> Cut(IEnumerable<CeleryMessage> messages)
    {
        var batch = new List<CeleryMessage>();
        var bytes = 0;
        foreach (var message in messages)
        {
            if (batch.Count == MaxMessages || (batch.Count > 0 && bytes + message.Body.Length > MaxBytes))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(message);
            bytes += message.Body.Length;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
