using Dispatcher.Testing;

namespace Dispatcher.Cli.Tests.Schedules;

/// <summary>Runs the commands of docs/schedules.md in a folder with the project's template.</summary>
public sealed class SchedulesDocumentTests
{
    private static IEnumerable<string> Commands() =>
        DocumentExamples.Read("docs/schedules.md", "sh").SelectMany(block => block.Split('\n')).Where(line => line.Length > 0);

    [TestCaseSource(nameof(Commands))]
    public async Task Command_OfTheDocument_Works(string command)
    {
        using var folder = new TemporaryFolder();
        File.Copy(DocumentExamples.PathOf("serverless.template"), Path.Combine(folder.Path, "serverless.template"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "payloads"));
        folder.Write("payloads/cleanup.json", """{"job":"video-upload-cleanup","dryRun":true}""");
        string[] words = [.. command.Split(' ').Select(word => word.Trim('\''))];
        Assert.That(words[0], Is.EqualTo("dispatch"));

        var result = await DispatchProcess.RunAsync(words[1..], directory: folder.Path);

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        Assert.That(result.Error, Does.Not.Contain("error:"));
    }
}
