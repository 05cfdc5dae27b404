namespace Amazon.Lambda.Core;

/// <summary>Describes an installed mobile application.</summary>
public interface IClientApplication
{
    /// <summary>Gets the name of the application's package.</summary>
    string AppPackageName { get; }

    /// <summary>Gets the title of the application.</summary>
    string AppTitle { get; }

    /// <summary>Gets the version code of the application.</summary>
    string AppVersionCode { get; }

    /// <summary>Gets the version name of the application.</summary>
    string AppVersionName { get; }

    /// <summary>Gets the identifier of this installation.</summary>
    string InstallationId { get; }
}
