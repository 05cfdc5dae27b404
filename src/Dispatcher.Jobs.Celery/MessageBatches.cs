namespace Dispatcher.Jobs.Celery;

/// <summary>The batches that SQS accepts in one call: at most 10 messages and 1 MiB.</summary>
internal static class MessageBatches
{
    internal const int MaxMessages = 10;
    internal const int MaxBytes = 1024 * 1024;

    /// <summary>Cuts messages into batches, in order. A message's text is ASCII, so that its length is its size.</summary>
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
