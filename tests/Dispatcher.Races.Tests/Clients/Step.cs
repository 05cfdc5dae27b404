namespace Dispatcher.Races.Tests.Clients;

/// <summary>One step of a client.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Act">Does it.</param>
/// <param name="Standing">How the upload stands once it is done; <see langword="null"/> if it says nothing about that.</param>
internal sealed record Step(string Name, Func<Task> Act, Func<Standing?> Standing)
{
    /// <summary>Gets a value indicating whether it writes tags, for which S3 has no condition.</summary>
    public bool WritesTags { get; init; }
}
