using System.IO.Compression;
using System.Text;
using Dispatcher.Jobs.Http.Tests.Server;

namespace Dispatcher.Jobs.Http.Tests;

/// <summary>Errors whose body is compressed, or in another charset than UTF-8.</summary>
public sealed class EncodedAnswerTests
{
    private const string Said = "the Grüße went wrong";

    private static IEnumerable<TestCaseData> Encodings()
    {
        yield return new TestCaseData("gzip", Compress(static stream => new GZipStream(stream, CompressionLevel.Optimal)));
        yield return new TestCaseData("X-GZIP", Compress(static stream => new GZipStream(stream, CompressionLevel.Optimal)));
        yield return new TestCaseData("deflate", Compress(static stream => new ZLibStream(stream, CompressionLevel.Optimal)));
        yield return new TestCaseData("deflate", Compress(static stream => new DeflateStream(stream, CompressionLevel.Optimal)))
            .SetArgDisplayNames("deflate without its header");
        yield return new TestCaseData("br", Compress(static stream => new BrotliStream(stream, CompressionLevel.Optimal)));
        yield return new TestCaseData("identity", Encoding.UTF8.GetBytes(Said));
        yield return new TestCaseData("br, gzip", Compress(
            static stream => new GZipStream(stream, CompressionLevel.Optimal),
            Compress(static stream => new BrotliStream(stream, CompressionLevel.Optimal))));
    }

    [TestCaseSource(nameof(Encodings))]
    public async Task RunAsync_CompressedError_IsShown(string encoding, byte[] body) =>
        Assert.That(await ErrorOfAsync(body, $"Content-Encoding: {encoding}"), Does.EndWith($"It said: {Said}"));

    [TestCase("iso-8859-1")]
    [TestCase("windows-1252")]
    [TestCase("utf-16")]
    [TestCase("UTF-16BE")]
    [TestCase("\"utf-8\"")]
    public async Task RunAsync_ErrorInACharset_IsShown(string charset)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset.Trim('"'));

        Assert.That(
            await ErrorOfAsync(encoding.GetBytes(Said), $"Content-Type: text/plain; charset={charset}"),
            Does.EndWith($"It said: {Said}"));
    }

    [Test]
    public async Task RunAsync_ErrorInShiftJis_IsShown()
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding("shift_jis")!.GetBytes("失敗");

        Assert.That(await ErrorOfAsync(bytes, "Content-Type: text/html; charset=Shift_JIS"), Does.EndWith("It said: 失敗"));
    }

    [Test]
    public async Task RunAsync_ErrorWithAByteOrderMark_IsShown() =>
        Assert.That(
            await ErrorOfAsync([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Said)]), Does.EndWith($"It said: {Said}"));

    [Test]
    public async Task RunAsync_UnknownCharset_IsReadAsUtf8() =>
        Assert.That(
            await ErrorOfAsync(Encoding.UTF8.GetBytes(Said), "Content-Type: text/plain; charset=klingon"),
            Does.EndWith($"It said: {Said}"));

    [TestCase("zstd")]
    [TestCase("gzip, gzip, gzip")]
    public async Task RunAsync_UnknownEncoding_SaysSo(string encoding) =>
        Assert.That(
            await ErrorOfAsync([1, 2, 3], $"Content-Encoding: {encoding}"),
            Does.EndWith("It said: (a body that has a Content-Encoding that cannot be read; gzip, deflate and br can)"));

    [Test]
    public async Task RunAsync_NotWhatTheEncodingNames_SaysSo() =>
        Assert.That(
            await ErrorOfAsync(Encoding.UTF8.GetBytes("plain text"), "Content-Encoding: gzip"),
            Does.EndWith("It said: (a body that is not valid gzip, which its Content-Encoding names)"));

    [Test]
    public async Task RunAsync_Bomb_IsReadToALimit()
    {
        // 64 MB of one character, compressed twice, are some hundred bytes.
        var inner = Compress(static stream => new GZipStream(stream, CompressionLevel.SmallestSize), new byte[64 * 1024 * 1024]);
        var bomb = Compress(static stream => new GZipStream(stream, CompressionLevel.SmallestSize), inner);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var error = await ErrorOfAsync(bomb, "Content-Encoding: gzip, gzip");

        Assert.That(error, Has.Length.LessThan(4096));
        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(16 * 1024 * 1024));
    }

    [TestCase("gzip")]
    [TestCase("utf-16")]
    public async Task RunAsync_SecretInAnEncodedError_IsMasked(string how)
    {
        const string Secret = "Pl4nted-Secret/Value";
        var text = new string('x', AnswerExcerpt.MaxLength - 10) + Secret;
        var isGzip = how == "gzip";
        var body = isGzip
            ? Compress(static stream => new GZipStream(stream, CompressionLevel.Optimal), Encoding.UTF8.GetBytes(text))
            : Encoding.Unicode.GetBytes(text);

        var error = await ErrorOfAsync(body, isGzip ? "Content-Encoding: gzip" : "Content-Type: text/plain; charset=utf-16", Secret);

        Assert.That(error, Does.Contain("xxx*****").And.Not.Contain("Pl4n"));
    }

    private static async Task<string> ErrorOfAsync(byte[] body, string header = "X-None: 1", string secret = "unrelated-secret")
    {
        await using var server = new MisbehavingServer(MisbehavingServer.AnswerBytes(400, body, header));
        await using var harness = HttpTriggerHarness.Create(new() { ["KEY"] = secret });

        return (await harness.RunAsync(
            HttpTriggerHarness.Payload(server.Url, """{"secretHeader":"X-Key","secret":"KEY"}"""))).Summary!;
    }

    private static byte[] Compress(Func<Stream, Stream> open, byte[]? content = null)
    {
        using var buffer = new MemoryStream();
        using (var stream = open(buffer))
        {
            stream.Write(content ?? Encoding.UTF8.GetBytes(Said));
        }

        return buffer.ToArray();
    }
}
