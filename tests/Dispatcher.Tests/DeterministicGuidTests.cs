using FsCheck;

namespace Dispatcher.Tests;

/// <summary>
/// The expected ids were made with uuid5 of Python's uuid module, from the namespace and the values, each after its length in 4 bytes.
/// </summary>
public sealed class DeterministicGuidTests
{
    [TestCase("dda3a725-27db-5e0c-9550-7c541304fc8d")]
    [TestCase("3c22d0c2-dece-574d-848a-b64fd1eac4f3", "a")]
    [TestCase("7cb9467c-3fe3-55c0-a768-3c5dedc07cc8", "ab", "c")]
    [TestCase("fa75b399-6c29-56bb-97a1-1fa6807c1880", "a", "bc")]
    [TestCase("c053fb5b-ed06-5bc3-8d88-c7147231fd32", "rotate-logs", "2026-11-22T03:00:00Z", "日本")]
    public void Create_Values_IsTheNameBasedIdOfThem(string expected, params string[] values) =>
        Assert.That(DeterministicGuid.Create(values), Is.EqualTo(new Guid(expected)));

    [Test]
    public void Create_LongValue_IsTheNameBasedIdOfAllOfIt() =>
        Assert.That(DeterministicGuid.Create(new string('x', 300)), Is.EqualTo(new Guid("89c8b1bb-8a59-54e0-97c9-86667c8cc798")));

    [Property(MaxTest = 300)]
    public void Create_AnyValues_HasVersionAndVariantOfRfc9562(NonNull<string>[] values)
    {
        var id = DeterministicGuid.Create([.. values.Select(static value => value.Get)]);

        Assert.That((id.Version, id.Variant is >= 8 and <= 11), Is.EqualTo((5, true)));
    }
}
