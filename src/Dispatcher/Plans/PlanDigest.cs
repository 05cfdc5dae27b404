using System.Security.Cryptography;
using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Plans;

/// <summary>The digest of a plan: over all of its lines, and over its last line as far as the digest itself.</summary>
internal sealed class PlanDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private static ReadOnlySpan<byte> Member => ",\"digest\":\""u8;

    /// <summary>Adds a line, with its line feed.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        _hash.AppendData(line);
        _hash.AppendData("\n"u8);
    }

    /// <summary>Writes the last line with the digest of everything before it. The digest begins anew.</summary>
    public (PlanTotals Totals, ReadOnlyMemory<byte> Line) Seal(PlanTotals totals)
    {
        var open = Serialize(totals with { Digest = string.Empty });
        var sealedTotals = totals with { Digest = Finish(open.Span) };
        return (sealedTotals, Serialize(sealedTotals));
    }

    /// <summary>Determines whether the digest of the last line is that of everything before it. The digest begins anew.</summary>
    public bool Matches(ReadOnlySpan<byte> line, PlanTotals totals) => totals.Digest == Finish(line);

    public void Dispose() => _hash.Dispose();

    private static ReadOnlyMemory<byte> Serialize(PlanTotals totals) =>
        JsonLine.Create(totals, static (writer, value) => JsonSerializer.Serialize(writer, value, PlanJsonContext.Default.PlanTotals));

    private string Finish(ReadOnlySpan<byte> line)
    {
        var member = line.LastIndexOf(Member);
        _hash.AppendData(line[..Math.Max(member, 0)]);
        return $"sha256:{Convert.ToHexStringLower(_hash.GetHashAndReset())}";
    }
}
