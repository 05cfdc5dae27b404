using System.Runtime.CompilerServices;

namespace Dispatcher.Jobs.Ecs.EcsRunTask;

/// <summary>Remembers through all attempts of a run which tasks it has started.</summary>
internal sealed class StartProgress
{
    private static readonly ConditionalWeakTable<JobContext, StartProgress> Runs = [];

    /// <summary>Gets the tasks' ARNs.</summary>
    public List<string> Started { get; } = [];

    /// <summary>Gets or sets a value indicating whether an earlier delivery of the slot has started the tasks.</summary>
    public bool ByEarlierDelivery { get; set; }

    /// <summary>Gets or sets how many requests ECS has answered.</summary>
    public int Answers { get; set; }

    /// <summary>Gets why tasks were not started, by the last answer.</summary>
    public List<PlacementFailure> Failures { get; } = [];

    /// <summary>Gets the progress of a run.</summary>
    public static StartProgress Of(JobContext context) => Runs.GetValue(context, static _ => new StartProgress());
}
