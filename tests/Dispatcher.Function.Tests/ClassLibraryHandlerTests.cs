using System.Text.Json;
using Dispatcher.Lambda.Tests;

namespace Dispatcher.Function.Tests;

/// <summary>
/// Starts the function as Lambda's managed runtime starts a class library: with the runtime's own entry point and a handler string.
/// </summary>
public sealed class ClassLibraryHandlerTests
{
    private const string Handler = "Dispatcher.Function::Dispatcher.Function.Function::HandleAsync";

    private LambdaPackage _package = null!;

    [SetUp]
    public void CreatePackage() => _package = new LambdaPackage();

    [TearDown]
    public void DeletePackage() => _package.Dispose();

    [Test]
    public async Task Handler_PackageWithoutTheRuntime_ServesGoodAndBadEvents()
    {
        _package.LeaveOutRuntime("Dispatcher.Function");
        await using var function = FunctionProcess.StartClassLibrary(_package.Folder, Handler);

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
        await using var function = FunctionProcess.StartClassLibrary(_package.Folder, Handler);

        Assert.That(
            await function.WaitForErrorAsync(),
            Does.Contain("Entry point not found in assembly 'Amazon.Lambda.RuntimeSupport"),
            "why the package leaves it out");
    }
}
