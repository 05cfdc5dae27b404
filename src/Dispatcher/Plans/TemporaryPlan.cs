namespace Dispatcher.Plans;

/// <summary>Functions that create the temporary file of a plan, so that memory does not grow with the plan.</summary>
internal static class TemporaryPlan
{
    /// <summary>Creates an empty file that only this user can read and that is deleted when it is closed.</summary>
    public static FileStream Create()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 64 * 1024,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(Path.GetTempPath(), $"plan-{Guid.NewGuid():N}.jsonl"), options);
    }
}
