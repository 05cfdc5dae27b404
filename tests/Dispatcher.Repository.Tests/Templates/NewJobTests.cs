using System.Text.RegularExpressions;

namespace Dispatcher.Repository.Tests.Templates;

/// <summary>Adds a job to a solution whose name cannot be a namespace.</summary>
public sealed partial class NewJobTests
{
    private const string Name = "2nd.chores-eu";
    private const string Jobs = $"{Name}/src/{Name}";
    private const string Tool = $"dotnet run --project src/{Name}.Tool --";

    [Test]
    public async Task NewJob_WithTheLineThatItPrints_BuildsAndPassesItsTest()
    {
        var folder = Consumer.Folder;
        await folder.RunAsync($"dotnet new maintenance -n {Name}\ndotnet restore {Name}");

        var line = Line().Match(await folder.RunAsync("dotnet new maintenance-job -n s3Rotation", Jobs)).Value;
        AddToTheList(folder, line);

        Assert.That(line, Is.EqualTo("jobs.AddS3Rotation();"));
        Assert.That(await folder.RunAsync("dotnet test", Name), Does.Match(@"Passed: +4\b"));
        Assert.That(await folder.RunAsync($"{Tool} list", Name), Does.Contain("s3-rotation"));

        var stale = await folder.TryAsync($"{Tool} template --check", Name);
        Assert.That(stale.ExitCode, Is.EqualTo(1), stale.Everything);
        await folder.RunAsync($"{Tool} template\n{Tool} template --check", Name);
    }

    private static void AddToTheList(ConsumerFolder folder, string line)
    {
        var list = folder.PathOf($"{Jobs}/_2ndJobs.cs");
        const string Existing = "jobs.AddAbortStaleUploads();";
        File.WriteAllText(list, File.ReadAllText(list).Replace(Existing, $"{Existing}\n        {line}", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"jobs\.Add\w+\(\);")]
    private static partial Regex Line();
}
