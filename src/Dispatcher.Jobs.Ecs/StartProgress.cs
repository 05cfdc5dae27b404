namespace Dispatcher.Jobs.Ecs;

/// <summary>The tasks of a run's slot, as far as all attempts of the run have found out.</summary>
internal sealed class StartProgress
{
    /// <summary>Gets the tasks' ARNs, whoever started them.</summary>
    public List<string> Started { get; } = [];

    /// <summary>Gets or sets how many of the tasks an earlier delivery of the slot has started.</summary>
    public int Earlier { get; set; }

    /// <summary>Gets or sets a value indicating whether an earlier delivery of the slot has started all that there is to start.</summary>
    public bool ByEarlierDelivery { get; set; }

    /// <summary>Gets or sets how many requests ECS has answered.</summary>
    public int Answers { get; set; }

    /// <summary>
    /// Gets or sets when the request that ECS has not answered yet was first sent: an attempt whose answer is lost may have started tasks,
    /// and the next attempt sends the same request again.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: every request was answered.</value>
    public DateTimeOffset? UnansweredSince { get; set; }

    /// <summary>Gets or sets why tasks were not started by the last request.</summary>
    public IReadOnlyList<PlacementFailure> Failures { get; set; } = [];

    /// <summary>Gets or sets how many tasks the plan of the run does not allow.</summary>
    public int OutsidePlan { get; set; }

    /// <summary>Determines whether there is nothing left to start.</summary>
    public bool IsComplete(int count) => ByEarlierDelivery || Started.Count >= count;
}
