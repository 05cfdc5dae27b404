using System.Globalization;
using System.Text;
using Dispatcher.Text;

namespace Dispatcher.Hosting;

/// <summary>The task of a run: the value of the parameter that the registration names.</summary>
internal static class TaskName
{
    /// <summary>CloudWatch accepts values of so many characters.</summary>
    private const int MaxDimension = 1024;

    /// <summary>Adds a problem if the registration names a parameter that the job does not have.</summary>
    public static void Check(JobDescriptor job, ProblemList problems)
    {
        if (job.TaskParameter is { } name
            && !job.Parameters.All.Any(parameter => parameter.Name == name && parameter.Type == typeof(string)))
        {
            problems.Add($"The registration of job '{job.Name}' takes its task from '{name}', which is not one of its parameters, or not a "
                + "string. Correct TaskParameter.");
        }
    }

    /// <summary>Finds the task of a run.</summary>
    /// <param name="job">The job.</param>
    /// <param name="bound">The typed parameters of the run.</param>
    /// <returns>The task; <see langword="null"/> if the run names none, or something that is not a plain name.</returns>
    public static string? Of(JobDescriptor job, object? bound) =>
        job.TaskParameter is { } name && Read(job, bound, name) is { Length: > 0 } task && Redaction.IsName(task) ? task : null;

    private static string? Read(JobDescriptor job, object? bound, string name) =>
        bound is INamedTask named ? named.TaskName : job.Parameters.ReadText(bound, name);

    /// <summary>
    /// Converts a task to the value of a dimension. CloudWatch accepts printable ASCII without a colon at the beginning, and rejects all
    /// metrics of a line for one value that breaks the rule.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <returns>The value: other characters are written as in JSON, <c>\u00e4</c>, so that different tasks stay different.</returns>
    public static string ToDimension(string task)
    {
        var value = new StringBuilder(task.Length);
        foreach (var character in task)
        {
            if (character is < ' ' or > '~' or '\\' || (value.Length == 0 && character is ' ' or ':'))
            {
                value.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                value.Append(character);
            }
        }

        return value.Length <= MaxDimension ? value.ToString() : value.ToString(0, MaxDimension);
    }
}
