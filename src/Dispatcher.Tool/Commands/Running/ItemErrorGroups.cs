using System.Text.RegularExpressions;

namespace Dispatcher.Tool.Commands.Running;

/// <summary>The errors of items, grouped by their kind: errors that differ only in names, numbers and addresses are of one kind.</summary>
internal static partial class ItemErrorGroups
{
    /// <summary>Groups errors.</summary>
    /// <param name="errors">The errors.</param>
    /// <returns>The first error of each kind, and how many there are of it; the largest kind first.</returns>
    public static IReadOnlyList<(ItemError Example, int Count)> Create(IEnumerable<ItemError> errors) =>
    [
        .. errors.GroupBy(static error => KindOf(error), StringComparer.Ordinal)
            .Select(static group => (group.First(), group.Count()))
            .OrderByDescending(static group => group.Item2),
    ];

    private static string KindOf(ItemError error) =>
        Detail().Replace(error.Error.Replace(error.Item, "…", StringComparison.Ordinal), "…");

    /// <summary>What names one thing: quoted text, an address, and a word with a digit in it.</summary>
    [GeneratedRegex("""'[^']*'|"[^"]*"|\w+://\S+|[\w./:+-]*\d[\w./:+-]*""", RegexOptions.CultureInvariant)]
    private static partial Regex Detail();
}
