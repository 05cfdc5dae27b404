namespace Amazon.Lambda.Core;

/// <summary>Describes the mobile application that made the call.</summary>
public interface IClientContext
{
    /// <summary>Gets the environment that the AWS Mobile SDK reports.</summary>
    IDictionary<string, string> Environment { get; }

    /// <summary>Gets the application that made the call.</summary>
    IClientApplication Client { get; }

    /// <summary>Gets the values that the application itself added.</summary>
    IDictionary<string, string> Custom { get; }
}
