namespace Dispatcher.Tool.Tests.Foreign;

/// <summary>What happens to a log.</summary>
public enum RotateMode
{
    /// <summary>It is moved to the archive.</summary>
    Archive,

    /// <summary>It is removed.</summary>
    Remove,
}
