namespace Dispatcher.Jobs.VideoUploads.Rules;

/// <summary>Whether a rule matches an item.</summary>
internal enum RuleMatch
{
    /// <summary>It does not match.</summary>
    No,

    /// <summary>What it asks for is not known of the item. The item is kept.</summary>
    Unknown,

    /// <summary>It matches.</summary>
    Yes,
}
