using System.Security.Cryptography;
using System.Text;

namespace Dispatcher;

/// <summary>Digests for the evidence of a change whose facts are too long, or not to be shown: a body, arguments.</summary>
public static class EvidenceDigest
{
    private const int Length = 16;

    /// <summary>Creates a digest. It depends on each part, and on where one part ends and the next one begins.</summary>
    /// <param name="parts">The facts; <see langword="null"/> for one that is missing.</param>
    /// <returns>The first 64 bits of a SHA-256 digest: <c>sha256:9f86d081884c7d65</c>.</returns>
    public static string Create(params ReadOnlySpan<string?> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part ?? string.Empty);
            hash.AppendData(BitConverter.GetBytes(part is null ? -1 : bytes.Length));
            hash.AppendData(bytes);
        }

        return $"sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())[..Length]}";
    }
}
