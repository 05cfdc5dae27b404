using System.Text.Json;
using System.Text.Json.Serialization;
using Dispatcher.LocalServers.Supervision;

namespace Dispatcher.LocalServers.Postgres;

/// <summary>Is what <c>local up</c> remembers of its PostgreSQL for <c>local down</c>.</summary>
/// <param name="Pid">The server's process.</param>
/// <param name="Started">When the process started, in the system's own terms.</param>
/// <param name="Port">The server's port on loopback.</param>
/// <param name="Directory">Where the cluster is: under <c>.local</c>, or, where the server's user cannot get there, under the temporary folder.</param>
/// <param name="Password">The password of this cluster alone, drawn when it was made.</param>
internal sealed record PostgresState(int Pid, string Started, int Port, string Directory, string Password)
{
    /// <summary>Gets what recognises the process.</summary>
    [JsonIgnore]
    public ProcessMark Mark => new(Pid, Started);

    /// <summary>Gets the server's address as a person writes it.</summary>
    [JsonIgnore]
    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Gets the value of <c>DATABASE_URL</c>.</summary>
    [JsonIgnore]
    public string Url => $"postgres://{PostgresCluster.SuperUser}:{Password}@127.0.0.1:{Port}/postgres";

    /// <summary>Reads the state.</summary>
    /// <param name="folder">Where it is.</param>
    /// <returns>The state, or <see langword="null"/> where there is none that can be read.</returns>
    public static PostgresState? Read(LocalFolder folder)
    {
        try
        {
            using var file = File.OpenRead(FileIn(folder));
            return JsonSerializer.Deserialize(file, PostgresStateJsonContext.Default.PostgresState)
                is { Pid: > 0, Started: not null, Port: > 0 and < 65536, Directory: not null, Password: not null } state ? state : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the state, for the owner's eyes only: it holds a password.</summary>
    /// <param name="folder">Where to.</param>
    public void Write(LocalFolder folder)
    {
        folder.Create();
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(FileIn(folder), options);
        JsonSerializer.Serialize(file, this, PostgresStateJsonContext.Default.PostgresState);
    }

    /// <summary>Forgets the state.</summary>
    /// <param name="folder">Where it is.</param>
    public static void Delete(LocalFolder folder)
    {
        if (System.IO.Directory.Exists(folder.Path))
        {
            File.Delete(FileIn(folder));
        }
    }

    private static string FileIn(LocalFolder folder) => folder.File("postgres.json");
}
