namespace Dispatcher.Testing.Aws.Fakes.Calls;

/// <summary>A process that sends requests. It can be killed: then none of its requests is ever answered or executed again.</summary>
/// <param name="name">Its name in the log of changes.</param>
/// <param name="clock">Its clock; the world's if it is left out.</param>
public sealed class FakeCaller(string name, TimeProvider? clock = null)
{
    private readonly TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets its name in the log of changes.</summary>
    public string Name { get; } = name;

    /// <summary>Gets its clock, on which its clients pause between attempts.</summary>
    public TimeProvider? Clock { get; } = clock;

    /// <summary>Gets a task that ends when it is killed.</summary>
    public Task Killed => _killed.Task;

    /// <summary>
    /// Gets a value indicating whether it was killed. Whatever it still does in memory, such as writing a log, did not happen.
    /// </summary>
    public bool IsKilled => _killed.Task.IsCompleted;

    /// <summary>Kills it.</summary>
    public void Kill() => _killed.TrySetResult();

    /// <inheritdoc />
    public override string ToString() => Name;
}
