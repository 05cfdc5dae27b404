using Dispatcher.Text;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Tool.History;

/// <summary>
/// The setting <c>AUDIT_LINES</c>: whether audit entries are also written to standard error, as in a container that keeps only its log.
/// </summary>
internal static class AuditLines
{
    private const string Key = "AUDIT_LINES";

    /// <summary>Reads the setting.</summary>
    /// <param name="configuration">The environment.</param>
    /// <returns>Whether <c>AUDIT_LINES</c> is <c>true</c>.</returns>
    /// <exception cref="BadInputException">It is neither <c>true</c> nor <c>false</c>.</exception>
    public static bool AreWanted(IConfiguration configuration) => configuration[Key]?.Trim().ToUpperInvariant() switch
    {
        "TRUE" => true,
        null or "" or "FALSE" => false,
        _ => throw new BadInputException(
            $"The environment variable {Key} is '{Redaction.Value(configuration[Key]!)}'. Set it to true or false."),
    };
}
