using System.Net;
using System.Xml;
using System.Xml.Linq;
using Dispatcher.Ui.Pages;
using Dispatcher.Ui.Tests.World;

namespace Dispatcher.Ui.Tests.Pages;

/// <summary>What the pages show of each run store.</summary>
internal sealed class PagesTests
{
    private const string Hostile = "</td><script>alert(1)</script><img src=x onerror=\"alert(1)\">\u202E&'";

    [Test]
    public async Task Status_JobsOfAnyStore_ShowsThoseThatNeedAPersonFirst([Values] StoreKind kind)
    {
        await using var world = await StartAsync(kind);

        var page = await world.GetAsync("/");

        Assert.That(page, Does.Contain("3 of 7 jobs need a person."));
        Assert.That(page, Does.Match("(?s)daily-uptime.*failed 3 times in a row: The database refused.*"
            + "celery-enqueue.*All other jobs.*ecs-run-task"));
        Assert.That(page, Does.Match("(?s)http-trigger.*overdue"));
        Assert.That(page, Does.Contain("The newest 20 runs: 17 succeeded, 3 failed"));
        Assert.That(page, Does.Contain("sweep-shelf").And.Contain("its schedule is disabled in the template"));
    }

    [Test]
    public async Task Runs_OfAnyStore_AreFilteredByJobStatusTimeAndText([Values] StoreKind kind)
    {
        await using var world = await StartAsync(kind);

        Assert.That(
            JobsOf(await world.GetAsync("/runs?job=http-trigger&since=30d")), Has.Count.EqualTo(12).And.All.EqualTo("http-trigger"));
        Assert.That(JobsOf(await world.GetAsync("/runs?job=http-trigger")), Is.Empty);
        Assert.That(JobsOf(await world.GetAsync("/runs?status=failed")), Is.EqualTo(Enumerable.Repeat("daily-uptime", 3)));
        Assert.That(JobsOf(await world.GetAsync("/runs?q=refused+by")), Is.EqualTo(["celery-enqueue"]));
        Assert.That(await world.GetAsync("/runs?status=broken", HttpStatusCode.BadRequest), Does.Contain("is not a status"));
        Assert.That(await world.GetAsync("/runs?since=tomorrow", HttpStatusCode.BadRequest), Does.Contain("is not a time"));
    }

    [Test]
    public async Task Runs_MoreThanAPage_ContinueAfterTheLastOne([Values] StoreKind kind)
    {
        await using var world = await StartAsync(kind);
        var all = SampleRuns.Create();

        var seen = new List<string>();
        for (string? address = "/runs?since=all"; address is not null;)
        {
            var page = Parse(await world.GetAsync(address));
            seen.AddRange(Rows(page).Select(static row => Descendants(row, "code").Last().Attribute("title")!.Value));
            address = Descendants(page, "a").FirstOrDefault(static link => link.Attribute("rel")?.Value == "next")
                ?.Attribute("href")?.Value;
        }

        Assert.That(seen, Is.Unique.And.Count.EqualTo(all.Count));
    }

    [Test]
    public async Task Run_OfAnyStore_ShowsItsChangesAndFiltersThem([Values] StoreKind kind)
    {
        await using var world = await StartAsync(kind);
        var run = SampleRuns.Create("video-upload-cleanup", SampleRuns.Now.AddHours(-1), 5_000, "Cleaned 30 sessions.", 30);
        await world.WriteAsync(run);

        var page = await world.GetAsync(Link.Run(run.RunId));
        var filtered = await world.GetAsync($"{Link.Run(run.RunId)}&action=dynamodb:DeleteItem&q=0009");

        Assert.That(page, Does.Contain("Succeeded.").And.Contain("30 made").And.Contain("session expired 2 days ago"));
        Assert.That(Rows(Parse(page)), Has.Count.EqualTo(30));
        Assert.That(Rows(Parse(filtered)).Single().Value, Does.Contain("0009.mp4"));
        Assert.That(await world.GetAsync(Link.Run("01b0"), HttpStatusCode.NotFound), Does.Contain("01b0"));
    }

    [Test]
    public async Task Run_WithItemErrors_GroupsThem()
    {
        await using var world = await StartAsync(StoreKind.Sqlite);
        var run = SampleRuns.Create().Last(static run => run.Errors.Count > 0);
        var stored = await FindAsync(world, run.Job);

        var page = Parse(await world.GetAsync(Link.Run(stored.RunId)));

        Assert.That(
            Descendants(page, "details").Single().Value,
            Does.Contain("InvalidMessageContents").And.Contain("2 items").And.Contain("reindex-9"));
    }

    [Test]
    public async Task Report_OfAnyStore_HasTheFiguresOfTheReport([Values] StoreKind kind)
    {
        await using var world = await StartAsync(kind);

        var page = await world.GetAsync("/report?since=30d");

        Assert.That(page, Does.Contain("Headline figures").And.Contain("Success rate").And.Contain("<svg"));
    }

    [Test]
    public async Task Schedules_Template_AreACalendarOfSevenDays()
    {
        await using var world = await StartAsync(StoreKind.Memory);

        var page = Parse(await world.GetAsync("/schedules"));
        List<XElement> days = 
            [.. Descendants(page, "li").Where(static item => item.Attribute("class")?.Value is "day" or "day today")];

        Assert.That(days, Has.Count.EqualTo(7));
        Assert.That(days[0].Value, Does.Contain("Sun").And.Contain("17 times, 07:00 to 23:00").And.Not.Contain("daily-uptime"));
        Assert.That(days[1].Value, Does.Match("Mon.*24 times.*00:05 *daily-uptime.*02:30 *ecs-run-task.*03:00 *video-upload-cleanup"));
        Assert.That(days[2].Value, Does.Not.Contain("ecs-run-task"));
        Assert.That(days.Select(static day => day.Value), Has.None.Contains("sweep-shelf"), "its rule is disabled");
        Assert.That(Rows(page).Last().Value, Does.Contain("sweep-shelf").And.Contain("disabled"));
    }

    [Test]
    public async Task Schedules_OtherZone_AreInItsDays()
    {
        await using var world = await StartAsync(StoreKind.Memory, "Asia/Tokyo");

        var page = Parse(await world.GetAsync("/schedules"));

        // 00:05 in UTC is 09:05 in Tokyo, where it is 15:30 on Sunday.
        Assert.That(page.ToString(), Does.Contain("09:05").And.Contain("Asia/Tokyo").And.Not.Contain("00:05</time>"));
    }

    [Test]
    public async Task AnyPage_HostileTexts_AreTextAndWellFormed()
    {
        await using var world = new UiWorld(StoreKind.Memory);
        var run = SampleRuns.Create("hostile", SampleRuns.Now.AddHours(-1), 100, Hostile, 1, JobStatus.Failed) with
        {
            Job = Hostile,
            RunId = $"01b0{Hostile}",
            Slot = Hostile,
            Counts = new Dictionary<string, long> { [Hostile] = 1 },
            Errors = [new ItemError(Hostile, Hostile)],
            ItemErrorCount = 2,
            Changes = new ChangesSummary(1, 1, 0, 1, [new ChangeItem(Hostile, Hostile, Hostile)], ItemsTruncated: true)
            {
                ByAction = new Dictionary<string, long> { [Hostile] = 1 },
            },
            Plan = new PlanReport(Hostile, Hostile, 1) { Missing = [new ChangeItem(Hostile, Hostile, Hostile)] },
        };
        await world.WriteAsync(run);
        await File.WriteAllTextAsync(world.Path("plans/<script>alert(1)<script>.jsonl"), "not a plan");
        world.Shelf.Put(Hostile);
        var plan = await world.PlanAsync("hostile.jsonl");
        await world.StartAsync(new UiSettings { AllowRuns = true });
        var query = Uri.EscapeDataString(Hostile);

        foreach (var path in new[]
        {
            "/", "/runs", $"/runs?q={query}&job={query}", Link.Run(run.RunId), $"{Link.Run(run.RunId)}&action={query}&q={query}", "/plans",
            Link.Plan(plan), $"{Link.Plan(plan)}&q={query}", Link.To("/apply", ("at", plan)), "/report",
        })
        {
            var page = Parse(await world.GetAsync(path));
            Assert.That(Descendants(page, "script").Select(static script => script.Attribute("src")?.Value), Is.EqualTo(["/ui.js"]), path);
            Assert.That(Descendants(page, "img").Count(), Is.EqualTo(1), path);
            Assert.That(page.ToString(), Does.Not.Contain("\u202E"), path);
        }

        Parse(await world.GetAsync($"/{query}", HttpStatusCode.NotFound));
        Parse(await world.GetAsync(Link.Run($"{Hostile}x"), HttpStatusCode.NotFound));
        Parse(await world.GetAsync($"/runs?status={query}", HttpStatusCode.BadRequest));
        Parse(await world.GetAsync($"/plan?at={query}", HttpStatusCode.BadRequest));
    }

    private static async Task<UiWorld> StartAsync(StoreKind kind, string zone = "UTC")
    {
        var world = new UiWorld(kind, jobs: SampleRuns.Jobs);
        await world.WriteAsync(SampleRuns.Create());
        await File.WriteAllTextAsync(world.Path("template.json"), SampleTemplate.Create());
        await world.StartAsync(new UiSettings
        {
            Template = world.Path("template.json"), Zone = TimeZoneInfo.FindSystemTimeZoneById(zone),
        });
        return world;
    }

    private static async Task<RunRecord> FindAsync(UiWorld world, string job)
    {
        await foreach (var run in world.History.ListAsync(new Dispatcher.Hosting.RunQuery { Job = job }))
        {
            return run;
        }

        throw new InvalidOperationException($"No run of {job}.");
    }

    private static List<string> JobsOf(string page) => [.. Rows(Parse(page)).Select(static row => Descendants(row, "th").Single().Value)];

    private static List<XElement> Rows(XElement page) =>
        [.. Descendants(page, "tr").Where(static row => row.Attribute("data-row") is not null)];

    private static IEnumerable<XElement> Descendants(XElement element, string name) =>
        element.Descendants().Where(descendant => descendant.Name.LocalName == name);

    private static XElement Parse(string page)
    {
        using var reader = XmlReader.Create(new StringReader(page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XElement.Load(reader);
    }
}
