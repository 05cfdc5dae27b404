using Dispatcher.Text;

namespace Dispatcher.Deployment;

/// <summary>Functions that read input files and streams up to a size limit.</summary>
public static class InputFile
{
    /// <summary>The size limit of an asynchronous Lambda invocation: 1 MB.</summary>
    public const int MaxBytes = 1_048_576;

    private const string TooLarge =
        "the most that EventBridge can pass to a function. Send less: a job's parameters are settings, not data.";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">The kind of file, for messages.</param>
    /// <param name="tooLarge">Whose limit applies if it is too large, and what to do.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="InvalidSourceException">The file cannot be read, or is too large.</exception>
    public static byte[] Read(string path, string what, string tooLarge = TooLarge) => Read(path, what, tooLarge, "JSON file");

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">The kind of file, for messages.</param>
    /// <param name="tooLarge">Whose limit applies if it is too large, and what to do.</param>
    /// <param name="form">What to name instead of something that is not a file.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="InvalidSourceException">The file cannot be read, or is too large.</exception>
    public static byte[] Read(string path, string what, string tooLarge, string form)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new InvalidSourceException($"The name of the {what} is empty. Name a {form}.");
        }

        if (Directory.Exists(path))
        {
            throw new InvalidSourceException($"The {what} '{path}' is a directory. Name a {form}.");
        }

        try
        {
            using var file = File.OpenRead(path);
            return ReadLimited(file, $"The {what} '{path}'", tooLarge);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidSourceException(
                $"The {what} '{path}' does not exist (looked in {Directory.GetCurrentDirectory()}). Check the path.");
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidSourceException($"The {what} '{path}' cannot be read: {exception.Message} Check its name and permissions.");
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="what">The kind of stream, for the start of a message.</param>
    /// <param name="tooLarge">Whose limit applies if it is too large, and what to do.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="InvalidSourceException">It is too large.</exception>
    public static byte[] ReadLimited(Stream stream, string what, string tooLarge = TooLarge)
    {
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            content.Write(buffer, 0, read);
            if (content.Length > MaxBytes)
            {
                throw new InvalidSourceException($"{what} is larger than {Quantity.Number(MaxBytes)} bytes, {tooLarge}");
            }
        }

        return content.ToArray();
    }
}
