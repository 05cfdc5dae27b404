using System.Text.Json;
using Dispatcher.Testing;

namespace Dispatcher.IntegrationTests.Native;

public sealed class PackageTests
{
    private const long Megabyte = 1_000_000;
    private const string Executable = "Dispatcher.Function";

    [Test]
    public void Publish_Warnings_AreNone() =>
        Assert.That(
            NativeFunction.Publishing.Output.Split('\n').Where(static line => line.Contains("warning ", StringComparison.Ordinal)),
            Has.All.Contains("STANDIN001"));

    [Test]
    public void Package_Files_AreTheExecutableAlone() =>
        Assert.That(Directory.GetFiles(NativeFunction.Folder).Select(Path.GetFileName), Is.EqualTo(new[] { Executable }));

    /// <summary>
    /// The bootstrap script of the managed runtime starts HANDLER.dll or, if the package has none, the executable HANDLER. One template
    /// serves both packages.
    /// </summary>
    [Test]
    public void Template_Handler_IsTheExecutable()
    {
        var function = JsonElement.Parse(File.ReadAllText(DocumentExamples.PathOf("serverless.template")))
            .GetProperty("Resources").GetProperty("DispatcherFunction").GetProperty("Properties");

        Assert.That(function.GetProperty("CodeUri").GetString(), Is.EqualTo("src/Dispatcher.Function/"));
        Assert.That(function.GetProperty("Handler").GetString(), Is.EqualTo(Executable));
        Assert.That(function.GetProperty("Runtime").GetString(), Is.EqualTo("dotnet10"));
    }

    /// <summary>What one more library or a root of a whole assembly would add is more than the margin.</summary>
    [Test]
    public void Package_Size_IsBelowItsLimit() =>
        Assert.That(new FileInfo(Path.Combine(NativeFunction.Folder, Executable)).Length, Is.LessThan(29 * Megabyte));
}
