using System.Globalization;
using System.Text;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Dispatcher.StandIns.Tests.Servers;

namespace Dispatcher.StandIns.Tests.RuntimeSupport;

[TestFixture, NonParallelizable]
public sealed class LambdaBootstrapTests
{
    private RuntimeApiServer _api;
    private CancellationTokenSource _stop;

    [SetUp]
    public void SetUp()
    {
        _api = new RuntimeApiServer();
        _stop = new CancellationTokenSource();
    }

    [TearDown]
    public async Task TearDown()
    {
        await _api.DisposeAsync();
        _stop.Dispose();
    }

    [Test]
    public async Task RunAsync_TwoEvents_AnswersThemInOrder()
    {
        _api.Add("first", "\"a\"");
        _api.Add("second", "\"b\"");
        var run = Run(Text(static text => $"{text}{text}"));

        var reports = new[] { await _api.ReportAsync(), await _api.ReportAsync() };
        await StopAsync(run);

        Assert.That(reports.Select(report => report.Path), Is.EqualTo(new[]
        {
            "/2018-06-01/runtime/invocation/first/response", "/2018-06-01/runtime/invocation/second/response",
        }));
        Assert.That(reports.Select(report => report.Text), Is.EqualTo(new[] { "\"a\"\"a\"", "\"b\"\"b\"" }));
    }

    [Test]
    public async Task RunAsync_TypedHandler_ReadsAndWritesWithTheSerializer()
    {
        _api.Add("typed", "20");
        using var bootstrap = LambdaBootstrapBuilder.Create<int, int>((number, _) => Task.FromResult(number + 1), new NumberSerializer())
            .ConfigureOptions(options => options.RuntimeApiEndpoint = _api.Authority)
            .Build();
        var run = bootstrap.RunAsync(_stop.Token);

        var report = await _api.ReportAsync();
        await StopAsync(run);

        Assert.That(report.Text, Is.EqualTo("21"));
    }

    [Test]
    public async Task RunAsync_Started_SaysWhoItIs()
    {
        var run = Run(Text(static text => text));

        var request = await _api.RequestAsync();
        await StopAsync(run);

        Assert.That(request.Path, Is.EqualTo("/2018-06-01/runtime/invocation/next"));
        Assert.That(request.Headers["User-Agent"], Does.StartWith("aws-lambda-dotnet/"));
    }

    [Test]
    public async Task RunAsync_SnapStart_CallsTheCallbacksAroundTheSnapshot()
    {
        var calls = new List<string>();
        ValueTask Note(string call)
        {
            lock (calls)
            {
                calls.Add(call);
            }

            return ValueTask.CompletedTask;
        }

        using var variables = new EnvironmentVariables { ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "snap-start" };
        SnapshotRestore.RegisterBeforeSnapshot(() => Note("before 1"));
        SnapshotRestore.RegisterBeforeSnapshot(() => Note("before 2"));
        SnapshotRestore.RegisterAfterRestore(() => Note("after 1"));
        SnapshotRestore.RegisterAfterRestore(() => Note("after 2"));
        var run = Run(Text(static text => text));

        var restore = await _api.RequestAsync();
        var next = await _api.RequestAsync();
        await StopAsync(run);

        Assert.That(restore.Path, Is.EqualTo("/2018-06-01/runtime/restore/next"));
        Assert.That(next.Path, Is.EqualTo("/2018-06-01/runtime/invocation/next"));
        Assert.That(calls, Is.EqualTo(new[] { "before 2", "before 1", "after 1", "after 2" }));
    }

    [Test]
    public async Task RunAsync_StoppedBeforeTheRestore_Returns()
    {
        using var variables = new EnvironmentVariables { ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "snap-start" };
        SnapshotRestore.RegisterBeforeSnapshot(async () => await _stop.CancelAsync());

        Assert.That(async () => await Run(Text(static text => text)), Throws.Nothing);
    }

    [TestCase(true, "/2018-06-01/runtime/init/error", "Runtime.BeforeSnapshotError")]
    [TestCase(false, "/2018-06-01/runtime/restore/error", "Runtime.AfterRestoreError")]
    public async Task RunAsync_SnapStartCallbackThrows_ReportsItAndEnds(bool before, string path, string type)
    {
        using var variables = new EnvironmentVariables { ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "snap-start" };
        (before ? (Action<Func<ValueTask>>)SnapshotRestore.RegisterBeforeSnapshot : SnapshotRestore.RegisterAfterRestore)(
            static () => throw new InvalidOperationException("no"));

        await Run(Text(static text => text));

        var report = await _api.ReportAsync();
        Assert.That((report.Path, report.Headers["Lambda-Runtime-Function-Error-Type"]), Is.EqualTo((path, type)));
    }

    [Test]
    public async Task RunAsync_HandlerThrows_ReportsTheErrorAndGoesOn()
    {
        _api.Add("bad", "\"x\"");
        _api.Add("good", "\"y\"");
        var run = Run(
            Text(static text => text == "\"x\"" ? throw new FormatException("not a y", new InvalidOperationException("why")) : text));

        var error = await _api.ReportAsync();
        var next = await _api.ReportAsync();
        await StopAsync(run);

        Assert.That(error.Path, Is.EqualTo("/2018-06-01/runtime/invocation/bad/error"));
        Assert.That(error.Headers["Lambda-Runtime-Function-Error-Type"], Is.EqualTo("FormatException"));
        Assert.That(error.Json.GetProperty("errorType").GetString(), Is.EqualTo("FormatException"));
        Assert.That(error.Json.GetProperty("errorMessage").GetString(), Is.EqualTo("not a y"));
        Assert.That(error.Json.GetProperty("stackTrace").GetArrayLength(), Is.GreaterThan(0));
        Assert.That(error.Json.GetProperty("cause").GetProperty("errorMessage").GetString(), Is.EqualTo("why"));
        Assert.That(next.Path, Does.EndWith("/good/response"));
    }

    [Test]
    public async Task RunAsync_InitializerThrows_ReportsTheErrorAndRethrows()
    {
        using var bootstrap = Builder(Text(static text => text))
            .UseBootstrapHandler(() => throw new NotSupportedException("no database"))
            .Build();

        Assert.That(async () => await bootstrap.RunAsync(_stop.Token), Throws.TypeOf<NotSupportedException>());
        var report = await _api.ReportAsync();
        Assert.That(report.Path, Is.EqualTo("/2018-06-01/runtime/init/error"));
        Assert.That(report.Json.GetProperty("errorMessage").GetString(), Is.EqualTo("no database"));
    }

    [Test]
    public async Task RunAsync_InitializerSaysNo_ServesNothing()
    {
        _api.Add("waiting", "1");
        var served = 0;
        using var bootstrap = Builder((input, _) => Task.FromResult(Count(input, ref served)))
            .UseBootstrapHandler(() => Task.FromResult(false)).Build();

        await bootstrap.RunAsync(_stop.Token);

        Assert.That(served, Is.Zero);
    }

    [Test]
    public async Task RunAsync_Event_DescribesItInTheContext()
    {
        var deadline = DateTimeOffset.UtcNow.AddSeconds(60).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        _api.Add(
            "id-1",
            "1",
            ("Lambda-Runtime-Deadline-Ms", deadline),
            ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-central-1:1:function:f:live"),
            ("Lambda-Runtime-Trace-Id", "Root=1-2-3"),
            (
                "Lambda-Runtime-Client-Context",
                """{"client":{"app_title":"App","installation_id":"i"},"custom":{"k":"v"},"env":{"e":"f"}}"""),
            ("Lambda-Runtime-Cognito-Identity", """{"cognitoIdentityId":"who","cognitoIdentityPoolId":"pool"}"""));

        var (context, remaining, traceVariable) = await ObserveAsync(static context =>
            (context, context.RemainingTime, Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID")));

        Assert.That(context.AwsRequestId, Is.EqualTo("id-1"));
        Assert.That(context.InvokedFunctionArn, Does.EndWith(":live"));
        Assert.That(context.TraceId, Is.EqualTo("Root=1-2-3"));
        Assert.That(traceVariable, Is.EqualTo("Root=1-2-3"));
        Assert.That(remaining, Is.GreaterThan(TimeSpan.FromSeconds(20)).And.LessThanOrEqualTo(TimeSpan.FromSeconds(60)));
        Assert.That(context.ClientContext.Client.AppTitle, Is.EqualTo("App"));
        Assert.That(context.ClientContext.Custom["k"], Is.EqualTo("v"));
        Assert.That(context.ClientContext.Environment["e"], Is.EqualTo("f"));
        Assert.That(context.Identity.IdentityId, Is.EqualTo("who"));
        Assert.That(context.Identity.IdentityPoolId, Is.EqualTo("pool"));
    }

    [Test]
    public async Task RunAsync_FunctionVariables_AreInTheContext()
    {
        using var variables = new EnvironmentVariables
        {
            ["AWS_LAMBDA_FUNCTION_NAME"] = "maintenance",
            ["AWS_LAMBDA_FUNCTION_VERSION"] = "7",
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "512",
            ["AWS_LAMBDA_LOG_GROUP_NAME"] = "/aws/lambda/maintenance",
            ["AWS_LAMBDA_LOG_STREAM_NAME"] = "stream",
        };
        _api.Add("id", "1");

        var context = await ObserveAsync(static context => context);

        Assert.That(context.FunctionName, Is.EqualTo("maintenance"));
        Assert.That(context.FunctionVersion, Is.EqualTo("7"));
        Assert.That(context.MemoryLimitInMB, Is.EqualTo(512));
        Assert.That(context.LogGroupName, Is.EqualTo("/aws/lambda/maintenance"));
        Assert.That(context.LogStreamName, Is.EqualTo("stream"));
    }

    [Test]
    public void RunAsync_NoRuntimeApi_SaysWhatToSet()
    {
        using var variables = new EnvironmentVariables { ["AWS_LAMBDA_RUNTIME_API"] = null };
        using var bootstrap = LambdaBootstrapBuilder.Create(Text(static text => text)).Build();

        Assert.That(
            async () => await bootstrap.RunAsync(_stop.Token),
            Throws.InvalidOperationException.With.Message.Contains("AWS_LAMBDA_RUNTIME_API is not set"));
    }

    [Test]
    public async Task RunAsync_RuntimeApiVariable_NamesTheServer()
    {
        using var variables = new EnvironmentVariables { ["AWS_LAMBDA_RUNTIME_API"] = _api.Authority };
        _api.Add("by-variable", "1");
        using var bootstrap = LambdaBootstrapBuilder.Create(Text(static text => text)).Build();
        var run = bootstrap.RunAsync(_stop.Token);

        var report = await _api.ReportAsync();
        await StopAsync(run);

        Assert.That(report.Path, Does.EndWith("/by-variable/response"));
    }

    [Test]
    public void RunAsync_RuntimeApiRefuses_EndsWithItsStatus()
    {
        _api.Add(new CannedResponse(403, "{\"errorMessage\":\"forbidden\"}"));

        Assert.That(
            async () => await Run(Text(static text => text)), Throws.TypeOf<HttpRequestException>().With.Message.Contains("HTTP 403"));
    }

    [Test]
    public async Task RunAsync_TokenCancelledWhileWaiting_Returns()
    {
        var run = Run(Text(static text => text));
        await _api.RequestAsync();

        await StopAsync(run);

        Assert.That(run.IsCompletedSuccessfully);
    }

    private static Func<Stream, ILambdaContext, Task<Stream>> Text(Func<string, string> handle) => async (input, _) =>
    {
        using var reader = new StreamReader(input);
        return new MemoryStream(Encoding.UTF8.GetBytes(handle(await reader.ReadToEndAsync())));
    };

    private static Stream Count(Stream input, ref int served)
    {
        served++;
        return input;
    }

    private LambdaBootstrapBuilder Builder(Func<Stream, ILambdaContext, Task<Stream>> handler) =>
        LambdaBootstrapBuilder.Create(handler).ConfigureOptions(options => options.RuntimeApiEndpoint = _api.Authority);

    private async Task Run(Func<Stream, ILambdaContext, Task<Stream>> handler)
    {
        using var bootstrap = Builder(handler).Build();
        await bootstrap.RunAsync(_stop.Token);
    }

    private async Task<T> ObserveAsync<T>(Func<ILambdaContext, T> observe)
    {
        T seen = default!;
        var run = Run((input, context) =>
        {
            seen = observe(context);
            return Task.FromResult<Stream>(new MemoryStream());
        });
        await _api.ReportAsync();
        await StopAsync(run);
        return seen;
    }

    private async Task StopAsync(Task run)
    {
        await _stop.CancelAsync();
        await run;
    }
}
