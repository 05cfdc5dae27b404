using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatcher.Function.Tests;

/// <summary>
/// Starts the function as Lambda's managed runtime starts a class library: with the runtime's own entry point and a handler string.
/// </summary>
public sealed class ClassLibraryHandlerTests
{
    private const string Handler = "Dispatcher.Function::Dispatcher.Function.Function::HandleAsync";
    private const string Runtime = "Amazon.Lambda.RuntimeSupport";

    private string _package = null!;

    [SetUp]
    public void CreatePackage()
    {
        _package = Directory.CreateTempSubdirectory("package-").FullName;
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
        {
            File.Copy(file, Path.Combine(_package, Path.GetFileName(file)));
        }
    }

    [TearDown]
    public void DeletePackage() => Directory.Delete(_package, recursive: true);

    [Test]
    public async Task Handler_PackageWithoutTheRuntime_ServesGoodAndBadEvents()
    {
        LeaveOutRuntime();
        await using var function = FunctionProcess.StartClassLibrary(_package, Handler);

        var list = await function.InvokeAsync("""{"job":"$list"}""");
        var error = await function.InvokeAsync("not json");
        var next = await function.InvokeAsync("""{"job":"$list"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(list.Path, Is.EqualTo("invocation/request-1/response"));
            Assert.That(list.Body.ValueKind, Is.EqualTo(JsonValueKind.Array));
            Assert.That(error.Path, Is.EqualTo("invocation/request-2/error"));
            Assert.That(
                error.Body.GetProperty("errorMessage").GetString(),
                Does.StartWith("The payload is not JSON that can be read: unexpected 'o'"));
            Assert.That(next.Path, Is.EqualTo("invocation/request-3/response"));
        }
    }

    [Test]
    public async Task Handler_PackageWithTheRuntime_DoesNotStart()
    {
        await using var function = FunctionProcess.StartClassLibrary(_package, Handler);

        Assert.That(
            await function.WaitForErrorAsync(),
            Does.Contain($"Entry point not found in assembly '{Runtime}"),
            "why the package leaves it out");
    }

    /// <summary>Does to the package what publishing with <c>LambdaHandlerModel=ClassLibrary</c> does.</summary>
    private void LeaveOutRuntime()
    {
        File.Delete(Path.Combine(_package, $"{Runtime}.dll"));
        var path = Path.Combine(_package, "Dispatcher.Function.deps.json");
        var dependencies = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        var targets = dependencies["targets"]!.AsObject().Select(target => target.Value!.AsObject());
        foreach (var libraries in targets.Append(dependencies["libraries"]!.AsObject()))
        {
            libraries.Remove(libraries.Single(library => library.Key.StartsWith($"{Runtime}/", StringComparison.Ordinal)).Key);
        }

        File.WriteAllText(path, dependencies.ToJsonString());
    }
}
