namespace Dispatcher.Tests;

/// <summary>
/// The expected digests were made with Python's hashlib, from the parts, each after its length in 4 bytes; -1 for a missing one.
/// </summary>
public sealed class EvidenceDigestTests
{
    [TestCase("sha256:e3b0c44298fc1c14")]
    [TestCase("sha256:df3f619804a92fdb", "")]
    [TestCase("sha256:60014a36d7b05b07", "ab", "c")]
    [TestCase("sha256:47ea6f805c5b663e", "a", "bc")]
    [TestCase("sha256:d0ca64b288490680", "ä", null)]
    public void Create_Parts_DependsOnEachAndOnWhereItEnds(string expected, params string?[] parts) =>
        Assert.That(EvidenceDigest.Create(parts), Is.EqualTo(expected));

    [Test]
    public void Create_MissingPart_DiffersFromAnEmptyOne() =>
        Assert.That(EvidenceDigest.Create([null]), Is.EqualTo("sha256:ad95131bc0b799c0"));
}
