using System.Text.RegularExpressions;
using Dispatcher.Testing;

namespace Dispatcher.Repository.Tests.Templates;

/// <summary>Runs the commands that the README of the templates shows, and then the tool of the solution that they have made.</summary>
public sealed partial class NewSolutionTests
{
    private const string Name = "Acme.Chores";
    private const string Tool = $"dotnet run --no-build --project src/{Name}.Tool --";

    private static string s_output = string.Empty;

    private static IReadOnlyList<string> FirstSteps =>
        [.. DocumentExamples.Read("src/Dispatcher.Templates/README.md", "sh shown")[0].Split('\n')];

    [OneTimeSetUp]
    public async Task RunFirstStepsAsync() => s_output = await Consumer.Folder.RunAsync(
        string.Join('\n', [.. FirstSteps.Skip(1), $"{Tool} local down"]));

    [Test]
    public void FirstSteps_FromNewToADryRun_AreAtMostFiveCommands()
    {
        Assert.That(FirstSteps, Has.Count.AtMost(5));
        Assert.That(FirstSteps[0], Is.EqualTo("dotnet new install MaintenanceDispatcher.Templates"), "the folder has done this");
    }

    [Test]
    public void FirstSteps_Test_PassesOnePlanAndOneRun() => Assert.That(Passed().Match(s_output).Groups["count"].Value, Is.EqualTo("2"));

    [Test]
    public void FirstSteps_DryRunOnTheLocalAws_PlansWithoutAChange() =>
        Assert.That(s_output, Does.Contain("DRY RUN").And.Contain("0 changes planned, none made"));

    [Test]
    public async Task Build_EveryWarningAnError_Succeeds() =>
        await Consumer.Folder.RunAsync("dotnet build --no-restore --no-incremental -warnaserror -v quiet", Name);

    [Test]
    public async Task Tool_ListAndDescribe_ShowTheJobUnderTheNameOfTheTool()
    {
        var output = await Consumer.Folder.RunAsync($"{Tool} list\n{Tool} describe abort-stale-uploads", Name);

        Assert.That(
            output,
            Does.Contain("abort-stale-uploads").And.Contain($"{Name}.Tool run abort-stale-uploads -p bucket=BUCKET --dry-run"));
    }

    /// <summary>With <c>ACCEPT_TEMPLATE=1</c> in the environment the test writes the template of the solution anew.</summary>
    [Test]
    public async Task Template_AsMade_IsWhatTheJobsDeclare()
    {
        if (Environment.GetEnvironmentVariable("ACCEPT_TEMPLATE") == "1")
        {
            await Consumer.Folder.RunAsync($"{Tool} template", Name);
            var text = await File.ReadAllTextAsync(Consumer.Folder.PathOf($"{Name}/serverless.template"));
            await File.WriteAllTextAsync(
                Repository.PathOf("src/Dispatcher.Templates/content/maintenance/serverless.template"),
                text.Replace(Name, "Acme-Chores", StringComparison.Ordinal));
        }

        await Consumer.Folder.RunAsync($"{Tool} template --check", Name);
    }

    [Test]
    public async Task Readme_ItsFirstCommands_Succeed()
    {
        var commands = DocumentExamples.Read(Consumer.Folder.PathOf($"{Name}/README.md"), "sh")[0];

        Assert.That(commands.Split('\n'), Has.Length.EqualTo(2));
        await Consumer.Folder.RunAsync(commands, Name);
    }

    [GeneratedRegex(@"Passed: +(?<count>\d+)")]
    private static partial Regex Passed();
}
