namespace Dispatcher.Jobs.Ssm;

/// <summary>Instances that a tag selects.</summary>
public sealed record SsmTarget
{
    /// <summary>Gets the tag, as <c>tag:NAME</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Gets the values of the tag: an instance is selected if it has one of them.</summary>
    public required IReadOnlyList<string> Values { get; init; }
}
