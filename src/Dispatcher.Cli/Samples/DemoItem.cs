namespace Dispatcher.Cli.Samples;

/// <summary>A thing that the demo puts on the server.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The upload's id.</param>
internal sealed record DemoItem(DemoKind Kind, Guid Id)
{
    /// <summary>Gets the id of the multipart upload: the server's, or one that it has forgotten.</summary>
    public string UploadId { get; set; } = $"gone-{Guid.NewGuid():N}";

    /// <summary>Gets the key of the object, or the key that the upload is for.</summary>
    public string Key { get; } = (Kind.ObjectKey ?? DemoKinds.VideoKey)(Id);
}
