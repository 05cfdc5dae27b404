using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Dispatcher.Ui.Hosting;

/// <summary>
/// The secret of one server, which its address holds, and the values derived from it. They are compared in constant time.
/// </summary>
internal sealed class AccessToken
{
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    /// <summary>Creates a token.</summary>
    public AccessToken()
    {
        Value = Base64Url.EncodeToString(_secret);
        Cookie = Derive("cookie");
        Form = Derive("form");
    }

    /// <summary>Gets the value in the address.</summary>
    public string Value { get; }

    /// <summary>Gets the value of the cookie. The address cannot be found from it.</summary>
    public string Cookie { get; }

    /// <summary>Gets the value in every form, which a page of another site cannot know.</summary>
    public string Form { get; }

    /// <summary>Determines whether a value is the expected one.</summary>
    /// <param name="given">The value of a request.</param>
    /// <param name="expected">The expected value.</param>
    /// <returns><see langword="true"/> if they are equal.</returns>
    public static bool Matches(string? given, string expected) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));

    private string Derive(string purpose) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(purpose)));
}
