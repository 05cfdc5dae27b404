using System.Text.RegularExpressions;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Exports;

/// <summary>Where an export goes to: a folder, or a prefix of a bucket.</summary>
internal sealed partial class ExportTarget
{
    private const string Scheme = "s3://";

    private readonly string? _bucket;
    private readonly string _path;

    private ExportTarget(string? bucket, string path)
    {
        _bucket = bucket;
        _path = path;
    }

    /// <summary>Gets the location without a slash at its end: <c>s3://bucket/analytics</c>, or the path of a folder.</summary>
    public string Location => _bucket is null ? _path : $"{Scheme}{_bucket}{(_path.Length > 0 ? $"/{_path}" : string.Empty)}";

    /// <summary>Gets a value indicating whether the target is in S3.</summary>
    public bool IsBucket => _bucket is not null;

    /// <summary>
    /// Gets the location as a literal of SQL and of a location template: Athena documents no escape for either, so that it may hold no
    /// character that has a meaning there.
    /// </summary>
    /// <exception cref="BadInputException">The target is a folder, or the prefix has such a character.</exception>
    public string Literal =>
        !IsBucket ? throw new BadInputException($"Athena reads S3, and {Location} is a folder. Write --to s3://NAME/PREFIX.")
        : PlainPrefix().IsMatch(_path) ? Location
        : throw new BadInputException(
            $"'{Location}' cannot be written into a statement. For --ddl, use a prefix of letters, digits and . _ - = / only, "
            + "and export to it.");

    /// <summary>Reads a target.</summary>
    /// <param name="text">The target.</param>
    /// <returns>The target.</returns>
    /// <exception cref="BadInputException">The text is not one.</exception>
    public static ExportTarget Read(string text)
    {
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return text.Contains("://", StringComparison.Ordinal)
                ? throw new BadInputException($"'{text}' is neither a folder nor an address in S3. Write --to s3://NAME/PREFIX.")
                : new ExportTarget(null, Path.TrimEndingDirectorySeparator(Path.GetFullPath(text)));
        }

        string[] parts = text[Scheme.Length..].Split('/', 2);
        var (bucket, prefix) = (parts[0], parts is [_, var rest] ? rest.Trim('/') : string.Empty);
        return Bucket().IsMatch(bucket)
            ? new ExportTarget(bucket, prefix)
            : throw new BadInputException($"'{text}' does not name a bucket. Write --to s3://NAME/PREFIX.");
    }

    /// <summary>Publishes a file; one of the same key is replaced.</summary>
    /// <param name="key">The key.</param>
    /// <param name="path">The file.</param>
    /// <param name="s3">The client for S3.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <returns>A task that ends when the file is published.</returns>
    /// <exception cref="CommandFailedException">The folder cannot be written.</exception>
    public async Task PublishAsync(string key, string path, Func<IAmazonS3> s3, CancellationToken cancellationToken)
    {
        if (_bucket is not null)
        {
            var request = new PutObjectRequest
            {
                BucketName = _bucket,
                Key = _path.Length > 0 ? $"{_path}/{key}" : key,
                FilePath = path,
                ContentType = "application/x-ndjson",
            };
            await s3().PutObjectAsync(request, cancellationToken);
            return;
        }

        var target = Path.Combine(_path, key);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);

            // Within the folder, because only a rename on one disk replaces a file as a whole.
            File.Copy(path, $"{target}.new", overwrite: true);
            File.Move($"{target}.new", target, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"The folder {_path} cannot be written: {exception.Message} Name another one with --to.");
        }
    }

    [GeneratedRegex(@"^([A-Za-z0-9._=-]+(/[A-Za-z0-9._=-]+)*)?\z")]
    private static partial Regex PlainPrefix();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex Bucket();
}
