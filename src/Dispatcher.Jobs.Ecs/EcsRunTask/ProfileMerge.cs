namespace Dispatcher.Jobs.Ecs.EcsRunTask;

/// <summary>
/// Puts a payload on top of a profile. What the profile sets stands; the payload fills in what it leaves open of count, waitForStop, container,
/// tags and container overrides. So whoever may send a payload can vary a run, and cannot point it at other data or another role.
/// </summary>
internal sealed class ProfileMerge(string profile)
{
    private readonly List<string> _problems = [];

    /// <summary>Merges.</summary>
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

        RunTaskCheck.Check(merged, merge._problems);
        return merge._problems.Count == 0
            ? merged
            : throw new PermanentJobException([$"Profile '{payload.Task}' cannot be run:", .. merge._problems]);
    }

    private T? Pick<T>(T? ours, T? theirs, string name)
    {
        if (ours is not null && theirs is not null)
        {
            _problems.Add($"'{name}' is set by the profile {EcsTaskProfile.Section}:{profile}. Leave it out of the payload, or out of the profile.");
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
        var joined = new List<EcsContainerOverride>(ours ?? []);
        foreach (var container in theirs ?? [])
        {
            var index = joined.FindIndex(other => other.Name == container.Name);
            if (index < 0)
            {
                joined.Add(container);
            }
            else
            {
                joined[index] = Join(joined[index], container, $"containerOverrides[{container.Name}].");
            }
        }

        return joined;
    }

    private EcsContainerOverride Join(EcsContainerOverride ours, EcsContainerOverride theirs, string prefix) => ours with
    {
        Command = Pick(ours.Command, theirs.Command, prefix + "command"),
        Environment = Join(ours.Environment, theirs.Environment, prefix + "environment."),
        Cpu = Pick(ours.Cpu, theirs.Cpu, prefix + "cpu"),
        Memory = Pick(ours.Memory, theirs.Memory, prefix + "memory"),
    };
}
