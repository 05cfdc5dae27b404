using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Dispatcher.LocalServers.Supervision;

/// <summary>A file in <c>.local</c> that remembers a server from one command to the next.</summary>
/// <typeparam name="TServer">The kind of server.</typeparam>
/// <param name="folder">The folder.</param>
/// <param name="name">The file's name.</param>
/// <param name="contract">The JSON contract of the server.</param>
internal sealed class ServerFile<TServer>(LocalFolder folder, string name, JsonTypeInfo<TServer> contract)
    where TServer : RunningServer
{
    private string FullPath => folder.File(name);

    /// <summary>Reads the server that the file remembers.</summary>
    /// <returns>The server, or <see langword="null"/> if there is no file or it cannot be read.</returns>
    public TServer? Read()
    {
        try
        {
            using var file = File.OpenRead(FullPath);
            return JsonSerializer.Deserialize(file, contract) is { IsComplete: true } server ? server : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes a server into the file, readable by its owner only: it may contain a password.</summary>
    /// <param name="server">The server.</param>
    public void Write(TServer server)
    {
        folder.Create();
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(FullPath, options);
        JsonSerializer.Serialize(file, server, contract);
    }

    /// <summary>Deletes the file if it exists.</summary>
    public void Delete()
    {
        if (Directory.Exists(folder.Path))
        {
            File.Delete(FullPath);
        }
    }
}
