namespace Dispatcher.Deployment.Triggers;

/// <summary>Is what a trigger hands an event to.</summary>
/// <param name="Id">Its id within the rule, if any.</param>
/// <param name="Arn">Its address.</param>
internal sealed record TriggerTarget(string? Id, string Arn)
{
    /// <summary>Gets the constant that replaces the event.</summary>
    public string? Input { get; init; }

    /// <summary>Gets the part of the event that is handed over.</summary>
    public string? InputPath { get; init; }

    /// <summary>Gets what makes the input of the event.</summary>
    public InputTransformer? Transformer { get; init; }
}
