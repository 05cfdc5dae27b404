namespace Dispatcher.Testing.Aws;

/// <summary>Functions that describe what is wrong with the permissions of a registration.</summary>
internal static class PermissionReport
{
    private const int MaxResources = 3;

    public static IEnumerable<string> Describe(
        IReadOnlyList<MissingPermission> missing,
        IReadOnlyList<DeclaredPermission> unused,
        IEnumerable<string> needless,
        bool sawNothing)
    {
        foreach (var group in missing.GroupBy(static permission => permission.Needed.Action)
            .OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            yield return DescribeMissing(group.Key, [.. group]);
        }

        foreach (var permission in unused)
        {
            yield return $"- Not needed by any run: {permission.Key}. Remove the action, or add a run that needs it"
                + $"{(sawNothing ? string.Empty : $"; if something else needs it: Assume(\"{permission.Action}\", \"…\")")}.";
        }

        foreach (var action in needless)
        {
            yield return $"- Assume(\"{action}\") is not needed: it is not declared, or a run showed the need. Remove the call.";
        }

        if (sawNothing && unused.Count > 0)
        {
            yield return "No run called AWS. Only the calls of real clients are seen, of a local AWS for example, and not those of mocks.";
        }
    }

    public static IEnumerable<string> DescribeRuns(IReadOnlyList<string> runs) =>
        runs.Count == 0 ? ["There was no run: call RunAsync first."] : runs.Select(static run => $"A run ended as {run}").Distinct();

    private static string DescribeMissing(string action, IReadOnlyList<MissingPermission> group)
    {
        var resources = group.Select(static permission => permission.Needed.Resource ?? "a resource that the request does not show")
            .Distinct().ToList();
        var operations = group.Select(static permission => permission.Operation.ToString()).Distinct();
        return $"- Missing: {action}, which {string.Join(" and ", operations)} needs on {string.Join(", ", resources.Take(MaxResources))}"
            + $"{(resources.Count > MaxResources ? " and others" : string.Empty)}. Add to its deployment:{Environment.NewLine}"
            + $"  {LineFor(group)}";
    }

    private static string LineFor(IReadOnlyList<MissingPermission> group)
    {
        var resource = group[0].Similar ?? Generalize([.. group.Select(static permission => permission.Resource).Distinct()]);
        return $".Allow(\"{resource}\", \"{group[0].Needed.Action}\")";
    }

    /// <summary>Several resources are everything below the folder that they have in common.</summary>
    private static string Generalize(IReadOnlyList<string> resources)
    {
        if (resources.Count == 1)
        {
            return resources[0];
        }

        var length = Enumerable.Range(0, resources.Min(static resource => resource.Length))
            .TakeWhile(index => resources.All(resource => resource[index] == resources[0][index])).Count();
        var folder = resources[0][..length].LastIndexOfAny(['/', ':']);
        return $"{resources[0][..(folder + 1)]}*";
    }
}
