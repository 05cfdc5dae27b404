using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dispatcher.Hosting;
using Dispatcher.Tool.Commands;
using Dispatcher.Ui;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Tests.Foreign;

/// <summary>Uses every command as a consumer does: with jobs and a name of their own.</summary>
[NonParallelizable]
public sealed class ForeignToolTests
{
    private const string Template = """
        {"Resources":{
          "Chores":{"Type":"AWS::Serverless::Function","Properties":{"Handler":"Acme.Chores","Timeout":300}},
          "Nightly":{"Type":"AWS::Events::Rule","Properties":{"ScheduleExpression":"cron(5 0 * * ? *)","State":"ENABLED",
            "Targets":[{"Id":"chores","Arn":{"Fn::GetAtt":["Chores","Arn"]},"Input":"{\"job\":\"rotate-logs\"}"}]}}}}
        """;

    private TemporaryFolder _folder = null!;

    private static IEnumerable<string> HelpPages =>
    [
        "", "list", "describe", "run", "plan", "plan show", "apply", "events", "events test",
        "invoke", "status", "history", "show", "schedules", "validate", "report", "local", "local up", "completion",
    ];

    [SetUp]
    public void CreateFolder()
    {
        _folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".local"));
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCaseSource(nameof(HelpPages))]
    public async Task Help_EveryCommand_ShowsTheConsumersToolAndJob(string command)
    {
        var result = await RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Zero, result.Error);
            Assert.That(result.Output, Does.Contain($"Usage:\n  acme {command}".TrimEnd()).And.Contain("\nExamples:\n"));
            Assert.That(result.Output, Does.Not.Match(@"\{(tool|job|set|payload)\}"), "a placeholder");
        }
    }

    [Test]
    public async Task Help_Tool_NamesNoJob()
    {
        var help = (await RunAsync("--help")).Output;

        Assert.That(help, Does.Match(@"\n  acme run JOB --dry-run +show the planned changes\n"));
        Assert.That(help, Does.Match(@"\n  others +set parameters of jobs; see 'acme describe JOB'\n"));
        Assert.That(help, Does.Not.Contain("ping-server"));
    }

    [Test]
    public async Task Help_Tool_ReadsNoJobs()
    {
        var result = await Dispatch.RunAsync(["--help"], directory: _folder.Path, run: (terminal, words) => terminal.RunAsync(
            _ => throw new AssertionException("The jobs were read."), AcmeJobs.Configure, words));

        Assert.That(result.ExitCode, Is.Zero, result.Error);
    }

    [Test]
    public async Task Help_Tool_ListsCommandsAsTheyAre()
    {
        var listed = (await RunAsync("--help")).Output.Split('\n').SkipWhile(line => line != "Commands:").Skip(1)
            .TakeWhile(line => line.Length > 0).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(listed, Has.Count.GreaterThan(20));
            foreach (var line in listed)
            {
                var (left, description) = (line.Trim().Split("  ")[0], line[line.LastIndexOf("  ", StringComparison.Ordinal)..].Trim());
                var help = (await RunAsync(left.Split(' ')[0], "--help")).Output;
                var usage = help.Split('\n').First(text => text.StartsWith("  acme ", StringComparison.Ordinal));
                Assert.That(help, Does.Contain($"Description:\n  {description}\n"));
                Assert.That(Arguments(usage), Is.EqualTo(Arguments(left)), usage);
            }
        }

        static IEnumerable<string> Arguments(string text) => Regex.Matches(text, "<[^>]+>").Select(match => match.Value);
    }

    [Test]
    public async Task List_Jobs_AreTheConsumers()
    {
        var result = await RunAsync("list");

        Assert.That(result.Output, Does.Contain("ping-server").And.Contain("Rotates the logs."));
        Assert.That(result.Output, Does.Contain("More:\n  acme describe ping-server"));
    }

    [Test]
    public async Task Describe_Job_ShowsItsParameters()
    {
        var result = await RunAsync("describe", "rotate-logs");

        Assert.That(result.Output, Does.Contain("olderThanDays").And.Contain("1 to 365").And.Contain("$LOG_FOLDER"));
        Assert.That(result.Output, Does.Contain("Try it:\n  acme run rotate-logs --dry-run"));
    }

    [Test]
    public async Task Run_DryRun_PlansAndNamesTheCommandThatMakesTheChanges()
    {
        var result = await RunAsync("run", "rotate-logs", "--dry-run", "-p", "mode=remove");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Output, Does.Contain("acme:Rotate logs/a.log").And.Contain("2 changes planned, none made"));
        Assert.That(result.Output, Does.Contain("Next: to make these changes:\n  acme run rotate-logs -p mode=remove"));
    }

    [Test]
    public async Task Describe_Job_ShowsTheLimitsOfItsRunsAndWhereTheyComeFrom()
    {
        var limited = await RunAsync("describe", "rotate-logs");
        var json = JsonElement.Parse((await RunAsync("describe", "rotate-logs", "--json")).Output);
        var unlimited = await RunAsync("describe", "ping-server");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(limited.Output, Does.Match("maxChanges +[^\n]*10,000 +[^\n]*registration"));
            Assert.That(
                json.GetProperty("limits").GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal),
                Is.EqualTo("""{"maxChanges":{"value":10000,"source":"registration"}}"""));
            Assert.That(unlimited.Output, Does.Contain("No limit applies to a run."));
        }
    }

    [TestCase("--max-changes", "1", "may change at most 1 items in one run (maxChanges: payload), but has changed 1 and wants")]
    [TestCase("--max-changes-percent", "50", "maxChangesPercent (payload) cannot be judged")]
    public async Task Run_BeyondALimit_FailsAndNamesIt(string option, string value, string message)
    {
        var result = await RunAsync("run", "rotate-logs", option, value);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(Unwrap(result.Output), Does.Contain(message));
    }

    [Test]
    public async Task Run_DryRunWithLimits_NotesTheLimitAndRepeatsTheOptions()
    {
        var result = await RunAsync("run", "rotate-logs", "--dry-run", "--max-changes", "1", "--max-changes-per-second", "5");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Output, Does.Contain("acme run rotate-logs --max-changes 1 --max-changes-per-second 5"));
        Assert.That(
            Unwrap(result.Output),
            Does.Contain("A real run would stop at its limit of 1 change (maxChanges: payload)."));
    }

    [TestCase("--max-changes", "many", "'--max-changes' must be a whole number, but is 'many'.")]
    [TestCase("--max-changes-percent", "120", "Field 'limits.maxChangesPercent' must be a number from 0 to 100, but is 120.")]
    [TestCase("--max-bytes", "-1", "Field 'limits.maxBytes' must be a whole number from 0, but is -1.")]
    [TestCase("--max-changes-per-second", "0.5", "Field 'limits.maxChangesPerSecond' must be a whole number from 1, but is 0.5.")]
    public async Task Run_OddLimit_IsRefused(string option, string value, string problem)
    {
        var result = await RunAsync("run", "rotate-logs", option, value);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain(problem));
    }

    [Test]
    public async Task Run_Real_IsInHistoryShowAndReport()
    {
        var run = JsonElement.Parse((await RunAsync("run", "rotate-logs", "--json")).Output);
        var runId = run.GetProperty("runId").GetString()!;
        var history = await RunAsync("history");
        var show = await RunAsync("show", runId);
        var report = await RunAsync("report", "--since", "1d");
        var page = await RunAsync("report", "--html", "-");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.GetProperty("changes").GetProperty("applied").GetInt32(), Is.EqualTo(2));
            Assert.That(history.Output, Does.Contain("rotate-logs").And.Contain($"Details:\n  acme show {runId[..13]}"));
            Assert.That(show.Output, Does.Contain("logs/b.log"), show.Error);
            Assert.That(report.Output, Does.Contain("rotate-logs"), report.Error);
            Assert.That(page.Output, Does.Contain("<bdi>rotate-logs</bdi>"), page.Error);
            Assert.That(File.Exists(Path.Combine(_folder.Path, ".local", "audit", $"{runId}.jsonl")), Is.True);
        }
    }

    [Test]
    public async Task Invoke_Payload_RunsThroughTheFunctionsEntryPoint()
    {
        var run = await AcmeJobs.RunAsync(_folder.Path, """{"job":"rotate-logs"}""", ["invoke"]);
        var list = await AcmeJobs.RunAsync(_folder.Path, """{"job":"$list"}""", ["invoke"]);
        var failure = await AcmeJobs.RunAsync(_folder.Path, """{"job":"ping-server"}""", ["invoke"]);
        var history = JsonElement.Parse((await RunAsync("history", "--json")).Output);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(JsonElement.Parse(run.Output).GetProperty("status").GetString(), Is.EqualTo("succeeded"), run.Error);
            Assert.That(run.Error, Does.Contain("\"Succeeded\":1"), "the line with metrics of Lambda");
            Assert.That(
                JsonElement.Parse(list.Output).EnumerateArray().Select(job => job.GetProperty("name").GetString()),
                Is.EqualTo(new[] { "ping-server", "rotate-logs" }));
            Assert.That(failure.ExitCode, Is.EqualTo(1));
            Assert.That(failure.Error, Does.Contain("Job 'ping-server' failed: Nobody answers. Start the server."));
            Assert.That(history.GetArrayLength(), Is.EqualTo(2));
        }
    }

    [Test]
    public async Task Schedules_TemplateInTheFolder_ShowsTheConsumersJob()
    {
        _folder.Write("serverless.template", Template);

        var result = await RunAsync("schedules");

        Assert.That(result.Output, Does.Contain("● rotate-logs  Nightly").And.Contain("every day at 00:05"), result.Error);
    }

    [Test]
    public async Task Validate_TemplateInTheFolderAndPayload_KnowTheConsumersJobs()
    {
        _folder.Write("serverless.template", Template.Replace("rotate-logs", "rotate-lugs", StringComparison.Ordinal));

        var template = await RunAsync("validate");
        var payload = await RunAsync("validate", """{"job":"rotate-logs","parameters":{"olderThanDays":0}}""");

        Assert.That(template.Output, Does.Contain("Did you mean 'rotate-logs'?"), template.Error);
        Assert.That(payload.Output, Does.Contain("Parameter 'olderThanDays' is 0"), payload.Error);
        Assert.That((template.ExitCode, payload.ExitCode), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task Advice_WithoutRuns_NamesTheConsumersTool()
    {
        var history = await RunAsync("history");
        var show = await RunAsync("show", "01a2");
        var report = await RunAsync("report");
        var page = await RunAsync("report", "--html", "-");
        var wrong = await RunAsync("run");
        var local = await RunAsync("local", "status");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(history.Output, Does.Contain("acme run JOB --dry-run"));
            Assert.That(show.Error, Does.Contain("List the runs with 'acme history'."));
            Assert.That(report.Output, Does.Contain("acme run JOB --dry-run"));
            Assert.That(page.Output, Does.Contain("<code>acme report --since 90d</code>"));
            Assert.That(wrong.Error, Does.Contain("See:\n  acme run --help"));
            Assert.That(local.Error, Does.Contain("eval \"$(acme local up)\""));
        }
    }

    [Test]
    public async Task Options_CommandServicesAndVariables_AreUsed()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("LOG_FOLDER", "own")]).Build();
        void Configure(DispatchToolOptions options)
        {
            AcmeJobs.Configure(options);
            options.ConfigureServices = services => services.AddSingleton<IConfiguration>(configuration);
            options.EnvironmentVariables.Add("ACME_KEY", "the key of the server");
            options.Local.Postgres = false;
            options.Commands.Add(tool =>
            {
                var command = new Command("names", "Print names.");
                command.SetAction(async parsed =>
                {
                    await using var services = tool.BuildServices();
                    var names = services.GetRequiredService<JobRegistry>().Jobs.Select(job => job.Name);
                    await parsed.InvocationConfiguration.Output.WriteAsync($"{tool.Name}: {string.Join(' ', names)}");
                });
                return command;
            });
        }

        Task<ProcessResult> RunOwnAsync(params string[] args) => Dispatch.RunAsync(
            args, directory: _folder.Path, run: (terminal, words) => terminal.RunAsync(AcmeJobs.Add, Configure, words));
        var names = await RunOwnAsync("names");
        var plan = await RunOwnAsync("run", "rotate-logs", "--dry-run");
        var help = await RunOwnAsync("--help");
        var local = await RunOwnAsync("local", "--help");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(names.Output, Is.EqualTo("acme: ping-server rotate-logs"), names.Error);
            Assert.That(plan.Output, Does.Contain("own/a.log"), plan.Error);
            Assert.That(help.Output, Does.Match(@"\n  ACME_KEY +the key of the server\n"));
            Assert.That(local.Output, Does.Not.Contain("PostgreSQL").And.Not.Contain("--sample"));
        }
    }

    [Test]
    public async Task Options_Commands_AreListedInTheirOrderAndCreatedIfNamed()
    {
        var created = 0;
        void Configure(DispatchToolOptions options)
        {
            AcmeJobs.Configure(options);
            options.Commands.Add(static _ => new Command("first", "Comes first."));
            options.AddUi();
            options.Commands.Add(tool => new CommandSummary("last", "Comes last.").Create(tool, _ =>
            {
                created++;
                return new Command("last", "Comes last.") { new Option<int>("--own") };
            }));
        }

        Task<ProcessResult> RunOwnAsync(params string[] args) => Dispatch.RunAsync(
            args, directory: _folder.Path, run: (terminal, words) => terminal.RunAsync(AcmeJobs.Add, Configure, words));
        var help = await RunOwnAsync("--help");
        var createdForHelp = created;
        var own = await RunOwnAsync("last", "--help");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(help.Output, Does.Match(@"\n  first +Comes first\.\n  ui +[^\n]+\n  last +Comes last\.\n"));
            Assert.That(createdForHelp, Is.Zero);
            Assert.That(own.Output, Does.Contain("--own"));
        }
    }

    [Test]
    public async Task List_JobsRegisteredOtherwise_AreThoseOfTheContainer()
    {
        static void Add(IDispatcherBuilder builder)
        {
            AcmeJobs.Add(builder);
            var services = builder.Services;
            var registered = services.Last(static service => service.ServiceType == typeof(JobDescriptor));
            var job = (JobDescriptor)registered.ImplementationInstance!;
            services.Remove(registered);
            services.AddSingleton(_ => job);
            services.AddKeyedSingleton("another", job);
        }

        var result = await Dispatch.RunAsync(
            ["list"], directory: _folder.Path, run: (terminal, words) => terminal.RunAsync(Add, AcmeJobs.Configure, words));

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Output, Does.Contain("rotate-logs").And.Contain("ping-server"));
    }

    /// <summary>Joins the lines of a terminal, which break anywhere.</summary>
    private static string Unwrap(string output) =>
        string.Join(' ', output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private async Task<ProcessResult> RunAsync(params string[] args)
    {
        var result = await AcmeJobs.RunAsync(_folder.Path, args);
        ForeignWords.AssertNone(result.Output + result.Error);
        return result;
    }
}
