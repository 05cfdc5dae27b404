using Amazon.Scheduler;
using Amazon.Scheduler.Model;

namespace Dispatcher.Tool.Remote.Pauses;

/// <summary>A schedule of EventBridge Scheduler.</summary>
internal sealed class ScheduleSwitch : TriggerSwitch
{
    private readonly IAmazonScheduler _client;
    private readonly GetScheduleResponse _schedule;

    private ScheduleSwitch(IAmazonScheduler client, GetScheduleResponse schedule) => (_client, _schedule) = (client, schedule);

    public override string Name => _schedule.Name;

    public override string State => _schedule.State.Value;

    public override string? Description => _schedule.Description;

    /// <summary>Reads a schedule.</summary>
    /// <param name="client">The client of EventBridge Scheduler.</param>
    /// <param name="name">Its name.</param>
    /// <param name="group">Its group; <see langword="null"/> for the default one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The schedule.</returns>
    public static async Task<TriggerSwitch> ReadAsync(
        IAmazonScheduler client, string name, string? group, CancellationToken cancellationToken) =>
        new ScheduleSwitch(
            client, await client.GetScheduleAsync(new GetScheduleRequest { Name = name, GroupName = group }, cancellationToken));

    /// <summary>UpdateSchedule replaces everything.</summary>
    public override Task SetAsync(string state, string? description, CancellationToken cancellationToken) => _client.UpdateScheduleAsync(
        new UpdateScheduleRequest
        {
            Name = _schedule.Name,
            GroupName = _schedule.GroupName,
            ScheduleExpression = _schedule.ScheduleExpression,
            ScheduleExpressionTimezone = _schedule.ScheduleExpressionTimezone,
            StartDate = _schedule.StartDate,
            EndDate = _schedule.EndDate,
            FlexibleTimeWindow = _schedule.FlexibleTimeWindow,
            Target = _schedule.Target,
            KmsKeyArn = _schedule.KmsKeyArn,
            ActionAfterCompletion = _schedule.ActionAfterCompletion,
            State = state,
            Description = description,
        },
        cancellationToken);
}
