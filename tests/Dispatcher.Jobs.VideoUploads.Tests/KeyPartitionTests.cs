namespace Dispatcher.Jobs.VideoUploads.Tests;

public sealed class KeyPartitionTests
{
    private const int PageSize = 7;

    private static readonly string[] Names =
        ["", "a", "0", "~", "~~", "\uFFFD", "\U0001F600", "é", "2026-11-22", "2026-11-220", "uploads", " ", "%2F", "+"];

    private static readonly int[] Counts = [2, 3, 4, 7, 64];

    [Test]
    public void Owns_AnyKey_BelongsToExactlyOneShard([Values(0, 1, 2, 3)] int depth, [ValueSource(nameof(Counts))] int count)
    {
        var random = new Random(depth * 100 + count);
        var shards = Shards(count, "uploads/", depth);

        foreach (var key in RandomKeys(random, 3_000))
        {
            Assert.That(shards.Count(shard => shard.Owns(key)), Is.EqualTo(1), key);
        }
    }

    [Test]
    public void SkipTo_AnyKeys_SkipsNoKeyOfTheShard([Values(0, 1, 2, 3)] int depth, [ValueSource(nameof(Counts))] int count)
    {
        var random = new Random(depth * 100 + count);
        string[] keys = [.. RandomKeys(random, 2_000).Distinct().Order(StringComparer.Ordinal)];

        foreach (var shard in Shards(count, "uploads/", depth))
        {
            Assert.That(List(keys, shard).Keys, Is.EqualTo(keys.Where(shard.Owns)));
        }
    }

    [Test]
    public void Owns_KeysOfOneFolder_BelongToOneShard()
    {
        foreach (var shard in Shards(5, "uploads/", 1))
        {
            var owned = Enumerable.Range(0, 100).Select(index => shard.Owns($"uploads/2026-11-22/{index}/x.mp4"));
            Assert.That(owned.Distinct().Count(), Is.EqualTo(1));
        }
    }

    [Test]
    public void SkipTo_FoldersLargerThanAPage_ListsLittleOfTheOthers()
    {
        string[] keys =
        [
            .. Enumerable.Range(0, 100).SelectMany(static day => Enumerable.Range(0, 20 * PageSize).Select(
                index => $"uploads/day-{day:000}/{index:0000}.mp4")),
        ];

        var pages = Shards(4, "uploads/", 1).Sum(shard => List(keys, shard).Pages);

        // Listing everything four times is 8,000 pages. Each shard reads its own folders, and at most one page of each other folder.
        Assert.That(pages, Is.LessThanOrEqualTo(2_000 + (4 * 100) + 4));
    }

    [TestCase("uploads/", 1)]
    [TestCase("uploads/2026-11-", 1)]
    [TestCase("uploads/2026-11-22/", 0)]
    [TestCase("", 2)]
    public void Create_DefaultPattern_DividesByTheFolderOfTheDay(string prefix, int depth)
    {
        var created = Enumerable.Range(0, 4).Select(index => KeyPartition.Create(
            new JobShard(index, 4), prefix, UploadKeyPattern.Read(UploadKeyPattern.Default))).ToArray();
        var expected = Shards(4, prefix, depth);

        foreach (var day in Enumerable.Range(1, 28))
        {
            var key = $"uploads/2026-11-{day:00}/0f8fad5b-d9cb-469f-a165-70867728950e.mp4";
            Assert.That(created.Select(shard => shard.Owns(key)), Is.EqualTo(expected.Select(shard => shard.Owns(key))), key);
        }
    }

    [Test]
    public void Owns_TheWhole_OwnsEverything()
    {
        var whole = new KeyPartition(JobShard.Whole, "uploads/", 1);

        Assert.That(RandomKeys(new Random(1), 100).All(whole.Owns));
        Assert.That(whole.SkipTo("uploads/a/b"), Is.Null);
    }

    private static KeyPartition[] Shards(int count, string prefix, int depth) =>
        [.. Enumerable.Range(0, count).Select(index => new KeyPartition(new JobShard(index, count), prefix, depth))];

    private static IEnumerable<string> RandomKeys(Random random, int count) => Enumerable.Range(0, count).Select(
        _ => "uploads/" + string.Join('/', random.GetItems(Names, random.Next(1, 5))));

    /// <summary>Lists as S3 does: pages of the keys after a key, in their order.</summary>
    private static (List<string> Keys, int Pages) List(string[] keys, KeyPartition shard)
    {
        var listed = new List<string>();
        var pages = 0;
        var after = string.Empty;
        while (true)
        {
            string[] rest = [.. keys.Where(key => string.CompareOrdinal(key, after) > 0).Take(PageSize + 1)];
            string[] page = [.. rest.Take(PageSize)];
            pages++;
            listed.AddRange(page.Where(shard.Owns));
            if (rest.Length <= PageSize)
            {
                return (listed, pages);
            }

            after = shard.SkipTo(page[^1]) ?? page[^1];
        }
    }
}
