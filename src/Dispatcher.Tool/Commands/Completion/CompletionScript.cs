using System.Reflection;
using System.Text.RegularExpressions;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Completion;

/// <summary>The scripts that complete command lines. Each asks the tool's <c>[suggest]</c> directive.</summary>
internal static partial class CompletionScript
{
    private static readonly OrderedDictionary<string, string> Resources = new()
    {
        ["bash"] = "completion.bash",
        ["zsh"] = "completion.zsh",
        ["fish"] = "completion.fish",
        ["powershell"] = "completion.ps1",
    };

    /// <summary>Gets the names of the shells.</summary>
    public static IReadOnlyList<string> Shells => Resources.Keys;

    /// <summary>Creates a script.</summary>
    /// <param name="shell">The shell.</param>
    /// <param name="tool">The tool's name.</param>
    /// <returns>The script.</returns>
    /// <exception cref="BadInputException">The tool's name is not that of a program.</exception>
    public static string Create(string shell, string tool)
    {
        if (!ProgramName().IsMatch(tool))
        {
            throw new BadInputException(
                $"A shell completes a program, and '{tool}' is not the name of one. "
                + "Set DispatchToolOptions.Name to the name of the program on PATH.");
        }

        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resources[shell])
            ?? throw new InvalidOperationException($"The script '{Resources[shell]}' is not in the assembly. Build it again.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Replace("{{tool}}", tool, StringComparison.Ordinal)
            .Replace("{{function}}", $"_{NotInFunctionNames().Replace(tool, "_")}_complete", StringComparison.Ordinal);
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    private static partial Regex ProgramName();

    [GeneratedRegex("[^A-Za-z0-9]")]
    private static partial Regex NotInFunctionNames();
}
