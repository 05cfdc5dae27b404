namespace Dispatcher.Limiting;

/// <summary>A limit that applies to a run, with where it comes from.</summary>
/// <param name="Kind">Which limit it is.</param>
/// <param name="Value">The smallest one that was given.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Job">The job.</param>
internal sealed record LimitInForce(LimitKind Kind, decimal Value, LimitSource Source, string Job)
{
    /// <summary>Gets the source as a person would look it up.</summary>
    public string Origin => Source switch
    {
        LimitSource.Registration => "registration",
        LimitSource.JobSetting => Kind.SettingOf(Job),
        LimitSource.GlobalSetting => Kind.Setting,
        _ => "payload",
    };

    /// <summary>Gets what raises the limit.</summary>
    public string Remedy => Source switch
    {
        LimitSource.Registration => $"set {Kind.SettingOf(Job)}, which replaces the limit of the registration",
        LimitSource.Payload => $"raise limits.{Kind.Field} in the payload",
        _ => $"raise {Origin}",
    };

    /// <summary>Gets or sets a value indicating whether the limit was given for this job and not only for all jobs.</summary>
    public bool IsForThisJob { get; init; } = Source != LimitSource.GlobalSetting;
}
