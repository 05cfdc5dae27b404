using Dispatcher.LocalServers.Supervision;

namespace Dispatcher.LocalServers.Moto;

/// <summary>An installer that finds moto's server, which emulates AWS on this machine, and installs it if it is missing.</summary>
/// <param name="note">Called with what is being done.</param>
/// <param name="folder">The folder to install into.</param>
public sealed class MotoInstaller(Action<string> note, LocalFolder folder)
{
    private const string Requirement = "moto[server]>=5,<6";

    private static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(20);

    private string Environment => folder.File("venv");

    /// <summary>Finds the server's program, first on PATH, then in the folder, and installs it if there is none.</summary>
    /// <param name="cancellationToken">Cancels the installation.</param>
    /// <returns>The program.</returns>
    /// <exception cref="LocalServerException">There is no program, and it cannot be installed.</exception>
    public async Task<MotoInstallation> FindAsync(CancellationToken cancellationToken)
    {
        var installed = new MotoInstallation(Path.Combine(Environment, "bin", MotoInstallation.OnPath.Program));
        if (await WorksAsync(MotoInstallation.OnPath, cancellationToken))
        {
            return MotoInstallation.OnPath;
        }

        if (!await WorksAsync(installed, cancellationToken))
        {
            await InstallAsync(cancellationToken);
            if (!await WorksAsync(installed, cancellationToken))
            {
                throw CannotInstall($"{installed.Program} does not start");
            }
        }

        return installed;
    }

    private async Task InstallAsync(CancellationToken cancellationToken)
    {
        note($"Installing moto's server, which emulates AWS, into {Environment} (once) …");
        folder.Create();
        await RunAsync("python3", ["-m", "venv", Environment], cancellationToken);
        await RunAsync(
            Path.Combine(Environment, "bin", "pip"), ["install", "--quiet", "--disable-pip-version-check", Requirement], cancellationToken);
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
        $"moto's server, which emulates AWS, is not on PATH, and it could not be installed: {reason.Trim()}{System.Environment.NewLine}"
        + "Install Python 3 with venv and pip (Debian, Ubuntu: apt-get install python3-venv python3-pip), and try again; "
        + $"or install the server yourself, so that '{MotoInstallation.OnPath.Program}' is on PATH: pip install 'moto[server]'");

    private static async Task<bool> WorksAsync(MotoInstallation moto, CancellationToken cancellationToken)
    {
        // A version manager's shim may be on PATH with nothing behind it: only running it tells.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(CheckLimit);
        try
        {
            return (await TryRunAsync(moto.Program, ["--help"], limit.Token)).ExitCode == 0;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static Task<(int ExitCode, string Output)> TryRunAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        LocalProgram.RunAsync(program, arguments, Directory.GetCurrentDirectory(), cancellationToken);
}
