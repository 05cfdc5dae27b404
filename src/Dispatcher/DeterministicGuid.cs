using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Dispatcher;

/// <summary>
/// A factory of ids that are the same for the same values, so that a repeated delivery starts the same message or task instead of a second
/// one.
/// </summary>
public static class DeterministicGuid
{
    private static readonly Guid Namespace = new("6d0c7a52-5f0e-4b7e-9f0b-1a4f0e0d2c11");

    /// <summary>Creates the id of some values: a name-based UUID (RFC 9562, version 5).</summary>
    /// <param name="values">The values that the id identifies, such as a job, its slot and its input. Their order matters.</param>
    /// <returns>The same id for the same values, in every process.</returns>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "RFC 9562 names SHA-1; the id protects "
        + "nothing.")]
    public static Guid Create(params ReadOnlySpan<string> values)
    {
        // Lengths first, so that ("ab", "c") and ("a", "bc") differ.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        Span<byte> head = stackalloc byte[16];
        Namespace.TryWriteBytes(head, bigEndian: true, out _);
        hash.AppendData(head);
        foreach (var value in values)
        {
            var bytes = Encoding.UTF8.GetBytes(value);
            BinaryPrimitives.WriteInt32BigEndian(head, bytes.Length);
            hash.AppendData(head[..sizeof(int)]);
            hash.AppendData(bytes);
        }

        var id = hash.GetHashAndReset().AsSpan(0, 16);
        id[6] = (byte)((id[6] & 0x0F) | 0x50);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
