using Dispatcher.Aws.Signing;

namespace Dispatcher.Jobs.Http;

/// <summary>What is sent to prove who calls.</summary>
/// <param name="Secret">The secret of a header.</param>
/// <param name="Basic">User and password of Basic authentication.</param>
/// <param name="Signature">The signature with the credentials of AWS.</param>
internal sealed record CallSecrets(string? Secret = null, BasicCredentials? Basic = null, RequestSignature? Signature = null)
{
    /// <summary>Gets the texts that nothing may print.</summary>
    public IEnumerable<string> Values =>
        (Secret is null ? [] : new[] { Secret }).Concat(Basic?.Secrets ?? []).Concat(Signature?.Secrets ?? []);
}
