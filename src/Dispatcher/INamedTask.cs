namespace Dispatcher;

/// <summary>
/// Parameters that know the task of their run better than the parameter that <see cref="JobOptions.TaskParameter"/> names, because
/// several of them can name it.
/// </summary>
public interface INamedTask
{
    /// <summary>Gets the task.</summary>
    /// <value><see langword="null"/> if the run has none, or several.</value>
    string? TaskName { get; }
}
