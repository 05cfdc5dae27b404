using System.Text.Json;
using Dispatcher.Lambda.Tests;

namespace Dispatcher.Function.Tests;

/// <summary>Runs the function as Lambda runs an executable assembly: a process that asks the Runtime API for events.</summary>
public sealed class ExecutableTests
{
    private const string FunctionAssembly = "Dispatcher.Function.dll";

    [Test]
    public async Task Function_List_AnswersWithoutALine()
    {
        await using var function = FunctionProcess.Start(FunctionAssembly);

        var answer = await function.InvokeAsync("""{"job":"$list"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Path, Is.EqualTo("invocation/request-1/response"));
            Assert.That(answer.Body.ValueKind, Is.EqualTo(JsonValueKind.Array));
            Assert.That(await function.StopAsync(), Is.Empty);
        }
    }

    [Test]
    public async Task Function_UnknownJob_IsAnErrorAndTheNextEventIsServed()
    {
        await using var function = FunctionProcess.Start(FunctionAssembly);

        var first = await function.InvokeAsync("""{"job":"no-such-job"}""");
        var second = await function.InvokeAsync("""{"job":"$list"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Path, Is.EqualTo("invocation/request-1/error"));
            Assert.That(first.Body.GetProperty("errorType").GetString(), Is.EqualTo("JobRequestException"));
            Assert.That(first.Body.GetProperty("errorMessage").GetString(), Does.StartWith("No job named 'no-such-job' is registered."));
            Assert.That(second.Path, Is.EqualTo("invocation/request-2/response"));
        }
    }

    [TestCase("METRICS_SINK", "graphite", "The environment variable METRICS_SINK is 'graphite'. Set it to one of: ")]
    [TestCase("AWS_LAMBDA_LOG_LEVEL", "loud", "The environment variable AWS_LAMBDA_LOG_LEVEL is 'loud'. Set it to ")]
    [TestCase("Deadline__StopMarginSeconds", "-1", "StopMarginSeconds")]
    public async Task Function_WrongConfiguration_IsReportedAsInitializationError(string name, string value, string message)
    {
        await using var function = FunctionProcess.Start(FunctionAssembly, (name, value));

        var answer = await function.NextAnswerAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Path, Is.EqualTo("init/error"));
            Assert.That(answer.Body.GetProperty("errorMessage").GetString(), Does.Contain(message));
            Assert.That(await function.WaitForExitAsync(), Is.Not.Zero);
        }
    }

    [Test]
    public async Task Function_PayloadsThatCannotBeRead_AreOurErrorsAndTheNextEventIsServed()
    {
        byte[][] payloads =
        [
            [], [0xFF, 0xFE], "{\"job\":"u8.ToArray(), "{\"job\":\"\\ud800\"}"u8.ToArray(), [.. Enumerable.Repeat((byte)'[', 10_000)],
        ];
        await using var function = FunctionProcess.Start(FunctionAssembly);

        foreach (var payload in payloads)
        {
            var error = await function.InvokeAsync(payload);

            Assert.That(error.Path, Does.EndWith("/error"));
            Assert.That(error.Body.GetProperty("errorType").GetString(), Is.EqualTo("JobRequestException"));
        }

        var answer = await function.InvokeAsync("""{"job":"$list"}""");
        Assert.That(answer.Path, Is.EqualTo($"invocation/request-{payloads.Length + 1}/response"));
    }
}
