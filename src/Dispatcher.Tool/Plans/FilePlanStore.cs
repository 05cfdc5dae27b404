using Dispatcher.Plans;

namespace Dispatcher.Tool.Plans;

/// <summary>
/// A store of plans in files of this machine. Only the command line registers it: a payload of the function cannot name a file.
/// </summary>
internal sealed class FilePlanStore : IPlanStore
{
    /// <inheritdoc />
    public bool Handles(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return !location.Contains("://", StringComparison.Ordinal);
    }

    /// <inheritdoc />
    public void EnsureAllowed(string location)
    {
    }

    /// <inheritdoc />
    public Task<Stream> OpenAsync(string location, CancellationToken cancellationToken = default)
    {
        try
        {
            return Task.FromResult<Stream>(File.OpenRead(location));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidPlanException($"The plan '{location}' cannot be read: {exception.Message} Check the path.", exception);
        }
    }

    /// <inheritdoc />
    public async Task PublishAsync(string location, Stream contents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contents);

        var path = Path.GetFullPath(location);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                await contents.CopyToAsync(file, cancellationToken);
            }

            // A plan that somebody may have reviewed is never replaced.
            File.Move(temporary, path, overwrite: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PermanentJobException(
                File.Exists(path)
                    ? $"'{location}' is there already, and a plan is never replaced. Choose another name, or remove the file."
                    : $"The file '{location}' cannot be written: {exception.Message}",
                exception);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<PlanEntry>> ListAsync(string folder, CancellationToken cancellationToken = default)
    {
        try
        {
            return Task.FromResult<IReadOnlyList<PlanEntry>>(
            [
                .. new DirectoryInfo(folder).EnumerateFiles()
                    .Where(static file => file.Name.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)
                        || file.Name.EndsWith(".jsonl.gz", StringComparison.OrdinalIgnoreCase))
                    .Select(file => new PlanEntry(Path.Combine(folder, file.Name), file.LastWriteTimeUtc, file.Length)),
            ]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Security.SecurityException)
        {
            throw new PermanentJobException($"The folder '{folder}' cannot be read: {exception.Message} Name another one.", exception);
        }
    }
}
