namespace Dispatcher.Jobs.Ecs;

/// <summary>
/// A profile with a payload on top. What the profile sets stands; of count, waitForStop, container, tags, cpu, memory, disk and container
/// overrides, the payload may set what the profile leaves open. Whoever may send a payload can vary a run, but not point it at other
/// data or another role.
/// </summary>
internal sealed class ProfileMerge
{
    private readonly FixedValues _values;

    private ProfileMerge(string profile) => _values = new FixedValues($"{EcsTaskProfile.Section}:{profile}");

    /// <summary>Merges a profile and a payload.</summary>
    /// <exception cref="PermanentJobException">The payload sets what the profile sets, or the outcome is not complete.</exception>
    public static EcsRunTaskParameters Merge(EcsRunTaskParameters profile, EcsRunTaskParameters payload)
    {
        var merge = new ProfileMerge(payload.Task!);
        var values = merge._values;
        var merged = profile with
        {
            Task = null,
            Count = values.Pick("count", profile.Count, payload.Count),
            WaitForStop = values.Pick("waitForStop", profile.WaitForStop, payload.WaitForStop),
            Container = values.Pick("container", profile.Container, payload.Container),
            Tags = values.Join("tags.", profile.Tags, payload.Tags, StringComparer.Ordinal),
            Cpu = values.Pick("cpu", profile.Cpu, payload.Cpu),
            Memory = values.Pick("memory", profile.Memory, payload.Memory),
            EphemeralStorage = values.Pick("ephemeralStorage", profile.EphemeralStorage, payload.EphemeralStorage),
            ContainerOverrides = merge.Join(profile.ContainerOverrides, payload.ContainerOverrides),
        };
        List<string> problems = [.. values.Problem is { } replaced ? [replaced] : Array.Empty<string>()];
        if (merged.Count is < 1 or > 10)
        {
            problems.Add($"'count' is {merged.Count}: it must be from 1 to 10.");
        }

        problems.AddRange(RunTaskValidator.ValidateValues(merged));
        problems.AddRange(RunTaskValidator.Validate(merged));
        return problems.Count == 0
            ? merged
            : throw new PermanentJobException([$"Profile '{payload.Task}' cannot be run:", .. problems]);
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
        Command = _values.Pick(prefix + "command", ours.Command, theirs.Command),
        Environment = _values.Join(prefix + "environment.", ours.Environment, theirs.Environment, StringComparer.Ordinal),
        Cpu = _values.Pick(prefix + "cpu", ours.Cpu, theirs.Cpu),
        Memory = _values.Pick(prefix + "memory", ours.Memory, theirs.Memory),
    };
}
