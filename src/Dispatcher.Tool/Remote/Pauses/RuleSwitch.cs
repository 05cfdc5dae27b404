using Amazon.EventBridge;
using Amazon.EventBridge.Model;

namespace Dispatcher.Tool.Remote.Pauses;

/// <summary>A rule of EventBridge.</summary>
internal sealed class RuleSwitch : TriggerSwitch
{
    private readonly IAmazonEventBridge _client;
    private readonly DescribeRuleResponse _rule;

    private RuleSwitch(IAmazonEventBridge client, DescribeRuleResponse rule) => (_client, _rule) = (client, rule);

    public override string Name => _rule.Name;

    public override string State => _rule.State.Value;

    public override string? Description => _rule.Description;

    /// <summary>Reads a rule.</summary>
    /// <param name="client">The client of EventBridge.</param>
    /// <param name="physicalId">Its id in a stack: the name, after the bus and a bar if that is not the default one.</param>
    /// <param name="bus">The bus, if it is not the default one and not in the id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The rule.</returns>
    public static async Task<TriggerSwitch> ReadAsync(
        IAmazonEventBridge client, string physicalId, string? bus, CancellationToken cancellationToken)
    {
        var parts = physicalId.Split('|', 2);
        return new RuleSwitch(client, await client.DescribeRuleAsync(
            new DescribeRuleRequest { Name = parts[^1], EventBusName = parts.Length == 2 ? parts[0] : bus }, cancellationToken));
    }

    /// <summary>PutRule replaces everything but targets and tags.</summary>
    public override Task SetAsync(string state, string? description, CancellationToken cancellationToken) => _client.PutRuleAsync(
        new PutRuleRequest
        {
            Name = _rule.Name,
            EventBusName = _rule.EventBusName,
            EventPattern = _rule.EventPattern,
            ScheduleExpression = _rule.ScheduleExpression,
            RoleArn = _rule.RoleArn,
            State = state,
            Description = description,
        },
        cancellationToken);
}
