using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace Dispatcher.Tool.Remote;

/// <summary>The name of whoever uses the tool.</summary>
internal static class CallerName
{
    /// <summary>Asks AWS whose credentials are in use.</summary>
    /// <param name="client">The client of STS.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns><c>Admin/anna</c> for a session of a role, <c>anna</c> for a user, else the ARN.</returns>
    public static async Task<string> ReadAsync(IAmazonSecurityTokenService client, CancellationToken cancellationToken)
    {
        var identity = await client.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken);
        return Shorten(identity.Arn);
    }

    /// <summary>Shortens an ARN to the part that tells people apart.</summary>
    /// <param name="arn">The ARN.</param>
    /// <returns>The name.</returns>
    internal static string Shorten(string arn)
    {
        var resource = arn.Split(':', 6)[^1];
        return resource.Split('/', 2) is ["assumed-role" or "user" or "federated-user", var name] ? name : arn;
    }
}
