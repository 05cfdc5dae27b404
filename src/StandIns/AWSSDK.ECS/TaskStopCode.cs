using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>Why a task stopped.</summary>
/// <param name="value">The value as the service spells it.</param>
public class TaskStopCode(string value) : ConstantClass(value)
{
    /// <summary>The value <c>EssentialContainerExited</c>.</summary>
    public static readonly TaskStopCode EssentialContainerExited = new("EssentialContainerExited");

    /// <summary>The value <c>ServiceSchedulerInitiated</c>.</summary>
    public static readonly TaskStopCode ServiceSchedulerInitiated = new("ServiceSchedulerInitiated");

    /// <summary>The value <c>SpotInterruption</c>.</summary>
    public static readonly TaskStopCode SpotInterruption = new("SpotInterruption");

    /// <summary>The value <c>TaskFailedToStart</c>.</summary>
    public static readonly TaskStopCode TaskFailedToStart = new("TaskFailedToStart");

    /// <summary>The value <c>TerminationNotice</c>.</summary>
    public static readonly TaskStopCode TerminationNotice = new("TerminationNotice");

    /// <summary>The value <c>UserInitiated</c>.</summary>
    public static readonly TaskStopCode UserInitiated = new("UserInitiated");

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    public static implicit operator TaskStopCode(string value) => FindValue(value);

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    /// <returns>The value.</returns>
    public static TaskStopCode FindValue(string value) => FindValue<TaskStopCode>(value);
}
