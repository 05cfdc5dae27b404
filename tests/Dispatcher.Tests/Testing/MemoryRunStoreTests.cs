using Dispatcher.Hosting;
using Dispatcher.Testing;

namespace Dispatcher.Tests.Testing;

public sealed class MemoryRunStoreTests
{
    [TestCaseSource(typeof(RunStoreContract), nameof(RunStoreContract.Promises))]
    public Task Store_Promise_IsKept(string promise) =>
        new RunStoreContract(static clock => Task.FromResult<IRunStore>(new MemoryRunStore(clock))).CheckAsync(promise);

    [Test]
    public void CheckAsync_NoSuchPromise_NamesIt() =>
        Assert.That(
            () => new RunStoreContract(static clock => Task.FromResult<IRunStore>(new MemoryRunStore(clock))).CheckAsync("wings"),
            Throws.ArgumentException.With.Message.StartsWith("'wings' is not a promise of a run store."));

    [TestCase(0)]
    [TestCase(513)]
    public void LeaseRequest_KeyOfAnotherLength_IsRefused(int length) =>
        Assert.That(
            () => new LeaseRequest("job", new string('k', length), "run", default),
            Throws.ArgumentException.With.Message.StartsWith($"The key of a lease has 1 to 512 characters, but this one has {length}."));
}
