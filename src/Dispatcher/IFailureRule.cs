namespace Dispatcher;

/// <summary>
/// A rule that classifies the exceptions of one library. Register any number as singletons; the first that knows an exception decides.
/// </summary>
public interface IFailureRule
{
    /// <summary>Classifies an exception.</summary>
    /// <param name="exception">The exception, never an <see cref="AggregateException"/> around a single one.</param>
    /// <returns>What is known of it, or <see langword="null"/> if this rule does not know the exception.</returns>
    Failure? Classify(Exception exception);
}
