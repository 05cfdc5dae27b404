using System.Collections.Concurrent;

namespace Dispatcher.IntegrationTests.SqsBatches;

/// <summary>Holds what <see cref="EchoJob"/> ran for, in order.</summary>
internal sealed class EchoLog
{
    public ConcurrentQueue<string> Ids { get; } = new();
}
