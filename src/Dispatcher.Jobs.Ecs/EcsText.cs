using Dispatcher.Text;

namespace Dispatcher.Jobs.Ecs;

/// <summary>Formats text that ECS or a task definition supplies, for a message.</summary>
internal static class EcsText
{
    private const int MaxLength = 500;

    /// <summary>Formats a text on one line.</summary>
    public static string Printable(string? text) => PrintableText.Escape(PrintableText.Truncate(text ?? string.Empty, MaxLength));
}
