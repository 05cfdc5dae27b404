namespace Dispatcher.Hosting;

/// <summary>A request for a lease.</summary>
/// <param name="Job">The name of the job.</param>
/// <param name="Key">
/// What is leased, unique within the job, 1 to 512 characters: a slot, or what the job may not do twice at once.
/// </param>
/// <param name="RunId">The id of the run that is to hold it.</param>
/// <param name="Until">When it expires unless it is renewed.</param>
public sealed record LeaseRequest(string Job, string Key, string RunId, DateTimeOffset Until)
{
    /// <summary>The most characters of <see cref="Key"/>.</summary>
    public const int MaxKeyLength = 512;

    /// <summary>Gets what is leased.</summary>
    public string Key { get; } = Key is { Length: > 0 and <= MaxKeyLength } ? Key : throw new ArgumentException(
        $"The key of a lease has 1 to {MaxKeyLength} characters, but this one has {Key?.Length ?? 0}. Shorten it, for example to its hash.",
        nameof(Key));
}
