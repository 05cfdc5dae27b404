namespace Dispatcher.Deployment.Triggers;

/// <summary>A target of a trigger.</summary>
/// <param name="Id">Its id within the rule, if any.</param>
/// <param name="Arn">Its address.</param>
public sealed record TriggerTarget(string? Id, string Arn)
{
    /// <summary>Gets the constant that replaces the event.</summary>
    public string? Input { get; init; }

    /// <summary>Gets the path of the part of the event that is passed.</summary>
    public string? InputPath { get; init; }

    /// <summary>Gets the input transformer.</summary>
    public InputTransformer? Transformer { get; init; }
}
