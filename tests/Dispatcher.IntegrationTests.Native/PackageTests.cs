namespace Dispatcher.IntegrationTests.Native;

public sealed class PackageTests
{
    private const long Megabyte = 1_000_000;

    [Test]
    public void Publish_Warnings_AreNone() =>
        Assert.That(
            NativeFunction.Publishing.Output.Split('\n').Where(static line => line.Contains("warning ", StringComparison.Ordinal)),
            Has.All.Contains("STANDIN001"));

    [Test]
    public void Package_Files_AreTheExecutableAlone() =>
        Assert.That(Directory.GetFiles(NativeFunction.Folder).Select(Path.GetFileName), Is.EqualTo(new[] { "Dispatcher.Function" }));
}
