using System.Text.Json;
using System.Text.Json.Serialization;
using Dispatcher.LocalServers.Supervision;

namespace Dispatcher.LocalServers.Moto;

/// <summary>Is what <c>local up</c> remembers for <c>local down</c>.</summary>
/// <param name="Pid">The server's process.</param>
/// <param name="Started">When the process started, in the system's own terms.</param>
/// <param name="Port">The server's port on loopback.</param>
internal sealed record MotoState(int Pid, string Started, int Port)
{
    /// <summary>Gets what recognises the process.</summary>
    [JsonIgnore]
    public ProcessMark Mark => new(Pid, Started);

    /// <summary>Gets the server's address.</summary>
    [JsonIgnore]
    public Uri Endpoint => new(Address);

    /// <summary>Gets the server's address as a person writes it.</summary>
    [JsonIgnore]
    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>Reads the state.</summary>
    /// <param name="folder">Where it is.</param>
    /// <returns>The state, or <see langword="null"/> where there is none that can be read.</returns>
    public static MotoState? Read(LocalFolder folder)
    {
        try
        {
            using var file = System.IO.File.OpenRead(FileIn(folder));
            return JsonSerializer.Deserialize(file, MotoStateJsonContext.Default.MotoState) is { Pid: > 0, Started: not null, Port: > 0 and < 65536 } state
                ? state
                : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the state.</summary>
    /// <param name="folder">Where to.</param>
    public void Write(LocalFolder folder)
    {
        folder.Create();
        System.IO.File.WriteAllBytes(FileIn(folder), JsonSerializer.SerializeToUtf8Bytes(this, MotoStateJsonContext.Default.MotoState));
    }

    /// <summary>Forgets the state.</summary>
    /// <param name="folder">Where it is.</param>
    public static void Delete(LocalFolder folder)
    {
        if (Directory.Exists(folder.Path))
        {
            System.IO.File.Delete(FileIn(folder));
        }
    }

    private static string FileIn(LocalFolder folder) => folder.File("moto.json");
}
