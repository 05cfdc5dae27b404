using Dispatcher.Hosting;

namespace Dispatcher.Testing;

/// <summary>
/// The contract that every run store keeps, as checks for any test framework: a check returns if the store keeps the promise, and throws
/// a <see cref="JobContractException"/> if it breaks it. Make each of <see cref="Promises"/> a test case.
/// </summary>
/// <param name="create">Creates an empty store that reads the time from a clock. It is disposed after the check if it can be.</param>
public sealed class RunStoreContract(Func<TimeProvider, Task<IRunStore>> create)
{
    private static readonly Dictionary<string, Func<RunStoreWorld, Task>> Checks =
        new([.. LeasePromises.All, .. RunningPromises.All, .. RecordPromises.All]);

    /// <summary>Gets the names of all promises.</summary>
    public static IReadOnlyList<string> Promises { get; } = [.. Checks.Keys];

    /// <summary>Checks one promise with a new store.</summary>
    /// <param name="promise">One of <see cref="Promises"/>.</param>
    /// <returns>A task that ends when the promise has been checked.</returns>
    /// <exception cref="JobContractException">The promise is broken.</exception>
    public async Task CheckAsync(string promise)
    {
        ArgumentNullException.ThrowIfNull(promise);
        var check = Checks.GetValueOrDefault(promise)
            ?? throw new ArgumentException($"'{promise}' is not a promise of a run store. See RunStoreContract.Promises.", nameof(promise));

        var clock = new TestClock();
        var store = await create(clock);
        try
        {
            await check(new RunStoreWorld(store, clock));
        }
        finally
        {
            switch (store)
            {
                case IAsyncDisposable asynchronous:
                    await asynchronous.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }
        }
    }
}
