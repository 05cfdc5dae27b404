namespace Dispatcher.Limiting;

/// <summary>Where a limit comes from.</summary>
internal enum LimitSource
{
    /// <summary>The registration of the job.</summary>
    Registration,

    /// <summary>The job's own setting, which replaces that of the registration.</summary>
    JobSetting,

    /// <summary>The setting for all jobs.</summary>
    GlobalSetting,

    /// <summary>The payload.</summary>
    Payload,
}
