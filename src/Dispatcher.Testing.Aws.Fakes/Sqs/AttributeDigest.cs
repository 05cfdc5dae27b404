using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Dispatcher.Testing.Aws.Fakes.Sqs;

/// <summary>
/// Computes the digests that clients of SQS check:
/// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html.
/// </summary>
internal static class AttributeDigest
{
    public static string OfBody(string body) => Hash(Encoding.UTF8.GetBytes(body));

    /// <summary>Computes the digest of attributes.</summary>
    /// <returns><see langword="null"/> if there are none.</returns>
    public static string? OfAttributes(JsonObject attributes)
    {
        if (attributes.Count == 0)
        {
            return null;
        }

        using var text = new MemoryStream();
        foreach (var (name, value) in attributes.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            Write(text, Encoding.UTF8.GetBytes(name));
            Write(text, Encoding.UTF8.GetBytes(value!["DataType"]!.GetValue<string>()));
            if (value["BinaryValue"] is { } binary)
            {
                text.WriteByte(2);
                Write(text, Convert.FromBase64String(binary.GetValue<string>()));
            }
            else
            {
                text.WriteByte(1);
                Write(text, Encoding.UTF8.GetBytes(value["StringValue"]!.GetValue<string>()));
            }
        }

        return Hash(text.ToArray());
    }

    private static void Write(MemoryStream text, byte[] bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        text.Write(length);
        text.Write(bytes);
    }

#pragma warning disable CA5351 // SQS defines these digests as MD5 hashes.
    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
}
