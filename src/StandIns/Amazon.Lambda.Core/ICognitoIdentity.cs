namespace Amazon.Lambda.Core;

/// <summary>Describes the Cognito identity that a call was made with.</summary>
public interface ICognitoIdentity
{
    /// <summary>Gets the identifier of the identity.</summary>
    string IdentityId { get; }

    /// <summary>Gets the identifier of the pool that issued the identity.</summary>
    string IdentityPoolId { get; }
}
