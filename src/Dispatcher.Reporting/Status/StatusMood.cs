namespace Dispatcher.Reporting.Status;

/// <summary>The moods of a headline, the worst first.</summary>
public enum StatusMood
{
    /// <summary>A job is failing or overdue.</summary>
    Bad,

    /// <summary>A job needs a person for another reason.</summary>
    Warning,

    /// <summary>Nothing is wrong, and nothing is known to be well.</summary>
    Neutral,

    /// <summary>A job is well, and none needs a person.</summary>
    Good,
}
