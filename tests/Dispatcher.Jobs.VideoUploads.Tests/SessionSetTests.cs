namespace Dispatcher.Jobs.VideoUploads.Tests;

public sealed class SessionSetTests
{
    private const int Count = 50_000;

    [Test]
    public void Contains_ManyAddedByThreads_AreThoseAndNoOthers()
    {
        var sessions = new SessionSet();

        Parallel.For(0, Count, index => sessions.Add($"session-{index * 2}"));

        Assert.That(Enumerable.Range(0, Count * 2).Where(index => sessions.Contains($"session-{index}")), Is.EqualTo(
            Enumerable.Range(0, Count).Select(static index => index * 2)));
    }
}
