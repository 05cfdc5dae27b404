namespace Dispatcher.Jobs.Ecs;

/// <summary>
/// A profile with a payload on top. What the profile sets stands; of count, waitForStop, container, tags and container overrides, the
/// payload may set what the profile leaves open. Whoever may send a payload can vary a run, but not point it at other data or another role.
/// </summary>
internal sealed class ProfileMerge(string profile)
{
    private readonly List<string> _problems = [];

    /// <summary>Merges a profile and a payload.</summary>
    /// <exception cref="PermanentJobException">The payload sets what the profile sets, or the outcome is not complete.</exception>
    public static EcsRunTaskParameters Merge(EcsRunTaskParameters profile, EcsRunTaskParameters payload)
    {
        var merge = new ProfileMerge(payload.Task!);
        var merged = profile with
        {
            Task = null,
            Count = merge.Pick(profile.Count, payload.Count, "count"),
            WaitForStop = merge.Pick(profile.WaitForStop, payload.WaitForStop, "waitForStop"),
            Container = merge.Pick(profile.Container, payload.Container, "container"),
            Tags = merge.Join(profile.Tags, payload.Tags, "tags."),
            ContainerOverrides = merge.Join(profile.ContainerOverrides, payload.ContainerOverrides),
        };
        if (merged.Count is < 1 or > 10)
        {
            merge._problems.Add($"'count' is {merged.Count}: it must be from 1 to 10.");
        }

        merge._problems.AddRange(RunTaskValidator.Validate(merged));
        return merge._problems.Count == 0
            ? merged
            : throw new PermanentJobException([$"Profile '{payload.Task}' cannot be run:", .. merge._problems]);
    }

    private T? Pick<T>(T? ours, T? theirs, string name)
    {
        if (ours is not null && theirs is not null)
        {
            _problems.Add(
                $"'{name}' is set by the profile {EcsTaskProfile.Section}:{profile}. Leave it out of the payload, or out of the profile.");
        }

        return ours ?? theirs;
    }

    private IReadOnlyDictionary<string, string>? Join(
        IReadOnlyDictionary<string, string>? ours, IReadOnlyDictionary<string, string>? theirs, string prefix)
    {
        if (ours is null || theirs is null)
        {
            return ours ?? theirs;
        }

        var joined = new Dictionary<string, string>(ours, StringComparer.Ordinal);
        foreach (var (name, value) in theirs)
        {
            joined[name] = Pick(ours.GetValueOrDefault(name), value, prefix + name)!;
        }

        return joined;
    }

    private List<EcsContainerOverride> Join(IReadOnlyList<EcsContainerOverride>? ours, IReadOnlyList<EcsContainerOverride>? theirs)
    {
        var added = (theirs ?? []).ToDictionary(container => container.Name, StringComparer.Ordinal);
        var joined = (ours ?? []).Select(container => added.Remove(container.Name, out var more)
            ? Join(container, more, $"containerOverrides[{container.Name}].")
            : container).ToList();
        return [.. joined, .. added.Values];
    }

    private EcsContainerOverride Join(EcsContainerOverride ours, EcsContainerOverride theirs, string prefix) => ours with
    {
        Command = Pick(ours.Command, theirs.Command, prefix + "command"),
        Environment = Join(ours.Environment, theirs.Environment, prefix + "environment."),
        Cpu = Pick(ours.Cpu, theirs.Cpu, prefix + "cpu"),
        Memory = Pick(ours.Memory, theirs.Memory, prefix + "memory"),
    };
}
