namespace Dispatcher.Cli.Samples;

/// <summary>A kind of thing that the demo puts on the server, and what the run has to leave of it.</summary>
/// <param name="Name">The kind, for a person.</param>
/// <param name="Count">How many there are.</param>
internal sealed record DemoKind(string Name, int Count)
{
    /// <summary>Gets the item in the table, if there is one.</summary>
    public DemoSession? Session { get; init; }

    /// <summary>Gets how an object's key is made, if there is an object.</summary>
    public Func<Guid, string>? ObjectKey { get; init; }

    /// <summary>Gets a value indicating whether the object bears the tag of finished uploads.</summary>
    public bool IsTaggedFinished { get; init; }

    /// <summary>Gets how many parts a multipart upload under way has, if there is one.</summary>
    public int? UploadParts { get; init; }

    /// <summary>Gets what becomes of the session.</summary>
    public DemoFate SessionFate { get; init; }

    /// <summary>Gets what becomes of the object.</summary>
    public DemoFate ObjectFate { get; init; }

    /// <summary>Gets what becomes of the multipart upload.</summary>
    public DemoFate UploadFate { get; init; }
}
