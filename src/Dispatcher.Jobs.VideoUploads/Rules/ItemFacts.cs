namespace Dispatcher.Jobs.VideoUploads.Rules;

/// <summary>What is known of an item that rules select.</summary>
/// <param name="Key">The key of its object or upload.</param>
/// <param name="Bytes">The size of its object, 0 if it has none; <see langword="null"/> if the size is not known.</param>
/// <param name="Attributes">The attributes of its session; <see langword="null"/> if it has no session.</param>
internal readonly record struct ItemFacts(string Key, long? Bytes, RuleAttributes? Attributes);
