using Dispatcher.Tool.Commands.Reporting;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Tests.Commands.Reporting;

public sealed class ReportFileTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Write_WriterFails_LeavesTheOldFileAndNoDraft()
    {
        var path = _folder.Write("report.html", "old");

        Assert.That(
            () => ReportFile.At(path).Write(output =>
            {
                output.Write("half");
                throw new IOException("No space left on device.");
            }),
            Throws.TypeOf<CommandFailedException>().With.Message.Contains("No space left").And.Message.Contains("free space"));
        Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
        Assert.That(Directory.GetFiles(_folder.Path), Is.EqualTo([path]));
    }

    [Test]
    public void Write_FileThatIsThere_IsReplaced()
    {
        var path = _folder.Write("report.html", "old and longer");

        Assert.That(ReportFile.At(path).Write(output => output.Write("new")).Length, Is.EqualTo(3));
        Assert.That(File.ReadAllText(path), Is.EqualTo("new"));
    }

    [Test]
    public void Write_LinkToAFile_ReplacesTheFileAndKeepsTheLink()
    {
        var path = _folder.Write("report.html", "old");
        var link = File.CreateSymbolicLink(Path.Combine(_folder.Path, "latest.html"), path);

        ReportFile.At(link.FullName).Write(output => output.Write("new"));

        Assert.That(File.ReadAllText(path), Is.EqualTo("new"));
        Assert.That(new FileInfo(link.FullName).LinkTarget, Is.EqualTo(path));
    }

    [Test]
    public void At_Directory_IsRefused() =>
        Assert.That(() => ReportFile.At(_folder.Path), Throws.TypeOf<BadInputException>().With.Message.Contains("report.html"));

    [Test]
    public void At_FolderThatIsMissing_IsRefused() => Assert.That(
        () => ReportFile.At(Path.Combine(_folder.Path, "no", "report.html")), Throws.TypeOf<BadInputException>().With.Message.Contains(
            "does not exist"));

    [TestCase("/dev/null")]
    [TestCase("/dev/stdout")]
    [TestCase("")]
    [TestCase("a\0b")]
    public void At_NoFile_IsRefused(string name) => Assert.That(() => ReportFile.At(name), Throws.TypeOf<BadInputException>());
}
