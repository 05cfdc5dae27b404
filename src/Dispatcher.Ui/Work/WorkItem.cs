using Dispatcher.Tool.Terminal;

namespace Dispatcher.Ui.Work;

/// <summary>A run that a page has started.</summary>
/// <param name="id">Its number.</param>
/// <param name="job">The job.</param>
/// <param name="plan">The plan that it writes or applies.</param>
/// <param name="applies">Whether it applies the plan.</param>
/// <param name="startedAt">When it began.</param>
internal sealed class WorkItem(int id, string job, string plan, bool applies, DateTimeOffset startedAt)
{
    /// <summary>Gets the number.</summary>
    public string Id { get; } = $"{id}";

    /// <summary>Gets the job.</summary>
    public string Job { get; } = job;

    /// <summary>Gets the plan that it writes or applies.</summary>
    public string Plan { get; } = plan;

    /// <summary>Gets a value indicating whether it applies the plan.</summary>
    public bool Applies { get; } = applies;

    /// <summary>Gets when it began.</summary>
    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>Gets what it does, in a word.</summary>
    public string Verb => Applies ? "Applying" : "Planning";

    /// <summary>Gets its progress.</summary>
    public StageTracker Stages { get; } = new();

    /// <summary>Gets or sets the run.</summary>
    public Task<RunRecord> Run { get; set; } = Task.FromCanceled<RunRecord>(new CancellationToken(canceled: true));
}
