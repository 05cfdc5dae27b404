using System.Text;
using System.Text.Json;
using Dispatcher.Plans;

namespace Dispatcher.Tests.Plans;

/// <summary>Makes plans whose digest is right, whatever their lines hold.</summary>
internal static class PlanForgery
{
    /// <summary>Gets the lines of a plan without the last one.</summary>
    public static string[] Open(string plan) => plan.Split('\n', StringSplitOptions.RemoveEmptyEntries)[..^1];

    /// <summary>Adds the last line.</summary>
    public static string Seal(params string[] lines)
    {
        using var digest = new PlanDigest();
        foreach (var line in lines)
        {
            digest.Add(Encoding.UTF8.GetBytes(line));
        }

        var totals = new PlanTotals { Changes = lines.Length - 1, Bytes = 0, ItemErrors = 0, Complete = true, Digest = string.Empty };
        return string.Concat([.. lines.Select(static line => line + "\n"), Encoding.UTF8.GetString(digest.Seal(totals).Line.Span), "\n"]);
    }

    public static PlanHeader Header() => new()
    {
        Id = "run-1",
        Job = "test-job",
        CreatedAt = new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero),
        Origin = PlanOrigin.ThisMachine,
        DispatcherVersion = "1",
        JobVersion = "1",
    };

    public static string HeaderLine() => JsonSerializer.Serialize(Header(), PlanJsonContext.Default.PlanHeader);
}
