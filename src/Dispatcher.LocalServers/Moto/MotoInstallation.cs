using Dispatcher.LocalServers.Supervision;


namespace Dispatcher.LocalServers.Moto;

/// <summary>Finds moto's server, which plays AWS on this machine, and installs it where it is missing.</summary>
/// <param name="note">Told what is being done.</param>
/// <param name="folder">Holds the tool's own files.</param>
internal sealed class MotoInstallation(Action<string> note, LocalFolder folder)
{
    private const string Program = "moto_server";
    private const string Requirement = "moto[server]>=5,<6";

    private static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(20);

    /// <summary>Finds the server's program; the one on PATH first.</summary>
    /// <param name="cancellationToken">Fires when the person gives up.</param>
    /// <returns>The program.</returns>
    /// <exception cref="LocalServerException">There is none, and it cannot be installed.</exception>
    public async Task<string> FindAsync(CancellationToken cancellationToken)
    {
        if (await WorksAsync(Program, cancellationToken))
        {
            return Program;
        }

        var installed = Path.Combine(folder.Path, "venv", "bin", Program);
        if (!await WorksAsync(installed, cancellationToken))
        {
            await InstallAsync(installed, cancellationToken);
        }

        return installed;
    }

    private async Task InstallAsync(string installed, CancellationToken cancellationToken)
    {
        var environment = Path.Combine(folder.Path, "venv");
        note($"Installing moto's server, which plays AWS, into {environment} (once) …");
        folder.Create();
        await RunAsync("python3", ["-m", "venv", environment], cancellationToken);
        await RunAsync(Path.Combine(environment, "bin", "pip"), ["install", "--quiet", "--disable-pip-version-check", Requirement], cancellationToken);
        if (!await WorksAsync(installed, cancellationToken))
        {
            throw CannotInstall($"{installed} does not start");
        }
    }

    private static async Task RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await TryRunAsync(program, arguments, cancellationToken);
        if (exitCode != 0)
        {
            throw CannotInstall($"'{program} {string.Join(' ', arguments)}' failed: {output}");
        }
    }

    private static LocalServerException CannotInstall(string reason) => new(
        $"moto's server, which plays AWS, is neither on PATH nor could it be installed: {reason.Trim()}{Environment.NewLine}"
        + "Install Python 3 with venv and pip (Debian, Ubuntu: apt-get install python3-venv python3-pip), and try again; "
        + $"or install the server yourself, so that '{Program}' is on PATH: pip install 'moto[server]'");

    private static async Task<bool> WorksAsync(string program, CancellationToken cancellationToken)
    {
        // A version manager's shim may be on PATH with nothing behind it: only running it tells.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(CheckLimit);
        try
        {
            return (await TryRunAsync(program, ["--help"], limit.Token)).ExitCode == 0;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static Task<(int ExitCode, string Output)> TryRunAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        OutsideProgram.RunAsync(program, arguments, Directory.GetCurrentDirectory(), cancellationToken);
}
