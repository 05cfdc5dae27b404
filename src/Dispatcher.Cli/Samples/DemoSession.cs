namespace Dispatcher.Cli.Samples;

/// <summary>The item in the table that describes an upload.</summary>
/// <param name="Status">Its status.</param>
/// <param name="ExpiresIn">When it expires, from now; <see langword="null"/> for a broken item without time to live.</param>
internal sealed record DemoSession(string Status, TimeSpan? ExpiresIn)
{
    /// <summary>Gets a value indicating whether the upload comes in parts.</summary>
    public bool IsMultipart { get; init; }

    /// <summary>Gets a value indicating whether the item names its object; a broken one does not.</summary>
    public bool HasKey { get; init; } = true;
}
