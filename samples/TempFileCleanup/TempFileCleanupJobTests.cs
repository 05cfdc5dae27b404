using Dispatcher;
using Dispatcher.Testing;
using NUnit.Framework;

namespace TempFileCleanup;

public sealed class TempFileCleanupJobTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void WriteFiles()
    {
        _folder = Directory.CreateTempSubdirectory("temp-file-cleanup-").FullName;
        File.WriteAllText(Path.Combine(_folder, "new.tmp"), "new");
        File.WriteAllText(Path.Combine(_folder, "old.tmp"), "old");
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "old.tmp"), DateTime.UtcNow.AddDays(-8));
    }

    [TearDown]
    public void DeleteFiles() => Directory.Delete(_folder, recursive: true);

    [TestCase(true, JobStatus.Planned, new[] { "new.tmp", "old.tmp" })]
    [TestCase(false, JobStatus.Succeeded, new[] { "new.tmp" })]
    public async Task RunAsync_OldAndNewFiles_DeletesOnlyTheOld(bool dryRun, JobStatus status, string[] left)
    {
        await using var harness = new JobHarness(
            builder => builder.AddTempFileCleanup(), new Dictionary<string, string?> { ["TEMP_FOLDER"] = _folder });

        var summary = await harness.RunAsync($$"""{"job":"temp-file-cleanup","dryRun":{{(dryRun ? "true" : "false")}}}""");

        Assert.That(summary.Status, Is.EqualTo(status));
        Assert.That(summary.Count("filesDeleted"), Is.EqualTo(1));
        Assert.That(Directory.GetFiles(_folder).Select(Path.GetFileName).Order(), Is.EqualTo(left));
    }
}
