namespace Dispatcher.Repository.Tests.Workflows;

public sealed class WorkflowTests
{
    private const string Script = """
        import json, sys, yaml
        jobs = yaml.safe_load(open(sys.argv[1]))["jobs"]
        print(json.dumps({job: [step.get("run", "") for step in content["steps"]] for job, content in jobs.items()}))
        """;

    [Test]
    public async Task Workflow_Jobs_TestPackAndBuildTheImage()
    {
        var result = await Command.RunAsync("python3", ["-c", Script, Repository.PathOf(".github/workflows/tests.yml")], Repository.Root);

        Assert.That(result.ExitCode, Is.Zero, result.Everything);
        Assert.That(
            result.Output,
            Does.Contain("\"tests/run\"").And.Match("dotnet pack Dispatcher.sln [^\"]*-p:ToolPlatforms=all").And.Contain("docker build "));
    }

    [Test]
    public async Task Scripts_InAClone_AreExecutable()
    {
        string[] scripts =
        [
            "tests/run", "tests/api-baseline", "tests/consumer-effort", "tests/packages", "tests/publish-check", "tests/standins-check",
            ".ci/run",
        ];

        var result = await Command.RunAsync("git", ["ls-files", "--stage", "--", .. scripts], Repository.Root);

        Assert.That(
            result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            Has.Length.EqualTo(scripts.Length).And.All.StartsWith("100755 "));
    }
}
