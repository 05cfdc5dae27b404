namespace Dispatcher.Cli.Samples;

/// <summary>What has to become of a thing.</summary>
internal enum DemoFate
{
    /// <summary>It stays as it is.</summary>
    Kept,

    /// <summary>It stays, marked partial for a person to look at.</summary>
    MarkedPartial,

    /// <summary>It is removed.</summary>
    Removed,
}
