using System.Net;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.S3;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Testing.Aws.Fakes;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Dispatcher.Tool.Tests;
using Dispatcher.Ui.Hosting;
using Dispatcher.Ui.Pages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Dispatcher.Ui.Tests.World;

/// <summary>A server over a store of a kind, with its jobs, its plans and a client that has the token.</summary>
internal sealed class UiWorld : IAsyncDisposable
{
    public const string Bucket = "acme-plans";
    private const string Table = "maintenance-runs";

    private readonly TemporaryFolder _folder = new();
    private readonly StringBuilder _output = new();
    private readonly ToolContext _tool;
    private readonly ServiceProvider _services;
    private readonly MemoryRunStore _memory;
    private readonly FakeAws _aws;
    private UiServer? _server;

    public UiWorld(StoreKind kind = StoreKind.Sqlite, bool planBucket = false, params string[] jobs)
    {
        Clock = new TestClock(SampleRuns.Now);
        PlanFolder = planBucket ? $"s3://{Bucket}/plans/" : $"{Path("plans")}/";
        _memory = new MemoryRunStore(Clock);
        _aws = new FakeAws(Clock);
        _aws.DynamoDb.CreateTable(Table, "job", "runId");
        _aws.S3.CreateBucket(Bucket);
        var settings = new Dictionary<string, string?>
        {
            ["RUNS_TABLE"] = kind == StoreKind.DynamoDb ? Table : null,
            ["RUNS_FILE"] = kind == StoreKind.DynamoDb ? null : Path("runs.db"),
            ["PLAN_BUCKET"] = planBucket ? Bucket : null,
        };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(new StringWriter(_output)) });
        var terminal = new CliTerminal
        {
            Out = console, Error = console, RawInput = Stream.Null, RawOutput = new MemoryStream(), RawError = new MemoryStream(),
        };
        string[] names = [.. jobs, "sweep-shelf"];
        _tool = new ToolContext(
            terminal,
            "dispatch",
            builder => names.ToList().ForEach(name => builder.AddJob<SweepJob>(name)),
            services =>
            {
                services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
                services.AddSingleton<TimeProvider>(Clock);
                services.AddSingleton(Shelf);
                services.AddSingleton<IAmazonDynamoDB>(_ => _aws.CreateDynamoDb());
                services.AddSingleton<IAmazonS3>(_ => _aws.CreateS3());
                if (kind == StoreKind.Memory)
                {
                    services.AddSingleton<IRunHistory>(_memory);
                    services.AddSingleton<IRunStore>(_memory);
                    services.AddSingleton<IRunSink>(_memory);
                }
            });
        _services = ToolServices.Build(_tool, record: true);
        Directory.CreateDirectory(Path("plans"));
    }

    public TestClock Clock { get; }

    public Shelf Shelf { get; } = new();

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public string PlanFolder { get; }

    public UiServer Server => _server!;

    public Uri Address => _server!.Address;

    public string Output => _output.ToString();

    public IRunHistory History => _services.GetRequiredService<IRunHistory>();

    public IReadOnlyList<string> Plans => [.. Directory.GetFiles(Path("plans")).Order(StringComparer.Ordinal)];

    public string Path(string name) => System.IO.Path.Combine(_folder.Path, name);

    public async Task WriteAsync(params IEnumerable<RunRecord> runs)
    {
        foreach (var run in runs)
        {
            await _services.GetRequiredService<IRunStore>().WriteAsync(run, CancellationToken.None);
        }
    }

    /// <summary>Runs a job as a command would.</summary>
    public Task<RunRecord> RunAsync(string payload)
    {
        var request = _services.GetRequiredService<JobRequestReader>().Read(
            JobRequestReader.Parse(Encoding.UTF8.GetBytes(payload)));
        return _services.GetRequiredService<IJobDispatcher>().DispatchAsync(request);
    }

    /// <summary>Writes a plan of what is on the shelf.</summary>
    public async Task<string> PlanAsync(string name)
    {
        var location = $"{PlanFolder}{name}";
        var record = await RunAsync($$"""{"job":"sweep-shelf","dryRun":true,"plan":"{{location}}"}""");
        Assert.That(record.Status, Is.EqualTo(JobStatus.Planned), record.Summary);
        return location;
    }

    public async Task StartAsync(UiSettings? settings = null, bool enter = true)
    {
        _server = await UiServer.StartAsync(
            _tool, _services, (settings ?? new UiSettings()) with { PlanFolder = PlanFolder }, CancellationToken.None);
        Client.BaseAddress = new Uri(Address.GetLeftPart(UriPartial.Authority));
        if (enter)
        {
            using var entered = await Client.GetAsync(Address);
            Assert.That(entered.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        }
    }

    public async Task<string> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(expected), text);
        return text;
    }

    /// <summary>Reads the value that a form has to send from a page with a form.</summary>
    public async Task<string> ReadFormTokenAsync()
    {
        const string Begin = "name=\"token\" value=\"";
        var page = await GetAsync("/plans");
        var begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return page[begin..page.IndexOf('"', begin)];
    }

    /// <summary>Sends a form of a page, and returns where it leads.</summary>
    public async Task<string> SubmitAsync(string path, params (string Name, string Value)[] fields)
    {
        using var response = await PostAsync(path, [.. fields, ("token", await ReadFormTokenAsync())]);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther), await response.Content.ReadAsStringAsync());
        return response.Headers.Location!.OriginalString;
    }

    public async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(static field => KeyValuePair.Create(field.Name, field.Value)));
        return await Client.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
