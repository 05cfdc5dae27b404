using System.Diagnostics;
using System.Text;

namespace Dispatcher.Tool.Hosting;

/// <summary>Further processes of this tool, whose input and output are redirected.</summary>
internal static class ToolProcess
{
    /// <summary>Describes a process.</summary>
    /// <param name="arguments">The words after the tool's name.</param>
    /// <returns>What starts it.</returns>
    public static ProcessStartInfo Create(IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath!;

        // Started as 'dotnet TOOL.dll', the program is the runtime, and the first word its library.
        string[] library = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        return new ProcessStartInfo(program, [.. library, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = new UTF8Encoding(false),
        };
    }
}
