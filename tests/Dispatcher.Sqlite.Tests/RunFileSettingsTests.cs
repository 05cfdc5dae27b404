using Microsoft.Extensions.Configuration;

namespace Dispatcher.Sqlite.Tests;

public sealed class RunFileSettingsTests
{
    [TestCase(null)]
    [TestCase(" ")]
    public void Read_NotSet_IsNull(string? path) => Assert.That(Read(path), Is.Null);

    [TestCase("/data/runs.db", "/data/runs.db")]
    [TestCase(" /data/my runs.sqlite ", "/data/my runs.sqlite")]
    [TestCase("/data/../other/:memory:", "/other/:memory:")]
    public void Read_File_IsItsAbsolutePath(string path, string expected) => Assert.That(Read(path)!.Path, Is.EqualTo(expected));

    [TestCase("/tmp")]
    [TestCase("/data/")]
    [TestCase("/data/\0")]
    public void Read_NotAFile_SaysWhatToSet(string path) =>
        Assert.That(
            () => Read(path),
            Throws.InvalidOperationException.With.Message.StartsWith("The environment variable RUNS_FILE is '")
                .And.Message.Contains("which is not a file. Set it to a file"));

    private static RunFileSettings? Read(string? path) => RunFileSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["RUNS_FILE"] = path }).Build());
}
