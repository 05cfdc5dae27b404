namespace Dispatcher.Repository.Tests.Container;

public sealed class DockerfileTests
{
    [Test]
    public async Task Dockerfile_Linter_ReportsNothing()
    {
        var linter = Repository.PathOf(".local/npm/node_modules/.bin/dockerfile-utils");
        Assert.That(linter, Does.Exist, "Run tests/run, or: npm install --prefix .local/npm dockerfile-utils");

        var result = await Command.RunAsync(linter, ["lint", Dockerfile.FullPath], Repository.Root);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Zero, result.Everything);
            Assert.That(result.Output.Trim(), Is.Empty);
        }
    }

    [Test]
    public void BaseImages_Version_IsThatOfTheFramework()
    {
        var framework = File.ReadAllText(Repository.PathOf("Directory.Build.props")).Split("<TargetFramework>net")[1].Split('<')[0];

        Assert.That(Dockerfile.BaseImages, Has.Count.EqualTo(4).And.All.EndsWith($":{framework}"));
    }

    /// <summary>The tests of the native executable publish with the command of the document.</summary>
    [Test]
    public void Native_PublishCommand_IsThatOfTheDocument()
    {
        var documented = File.ReadLines(Repository.PathOf("docs/deploying.md")).Single(line =>
            line.StartsWith("dotnet publish src/Dispatcher.Function ", StringComparison.Ordinal) && line.EndsWith("-p:PublishAot=true"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Dockerfile.NativeCommands[^1],
                Is.EqualTo($"{documented.Replace("-r linux-x64", "-a \"$TARGETARCH\"", StringComparison.Ordinal)} -o /app"));
            Assert.That(Dockerfile.NativeEntryPoint, Is.EqualTo(new[] { "/app/Dispatcher.Function" }));
        }
    }

    [Test]
    public void DockerIgnore_EveryException_Exists()
    {
        var kept = File.ReadLines(Repository.PathOf(".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..]);

        Assert.That(kept.Where(pattern => Directory.GetFileSystemEntries(Repository.Root, pattern).Length == 0), Is.Empty);
    }
}
