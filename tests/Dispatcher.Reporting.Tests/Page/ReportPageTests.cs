using System.Xml;
using System.Xml.Linq;
using Dispatcher.Reporting.Estimates;
using Dispatcher.Reporting.Figures;
using Dispatcher.Reporting.Page;
using Dispatcher.Reporting.Status;

namespace Dispatcher.Reporting.Tests.Page;

public sealed class ReportPageTests
{
    private const string Hostile =
        "</title></style></script><img src=x onerror=\"alert(1)\"> & ' \u0000\u001b[2J \uD800 \u202E\u200F ]]> --> \r\n\t \uFFFF";

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";

    [Test]
    public void Write_TenTimesTheRuns_IsHardlyLonger()
    {
        var once = Write(Runs(2_000), 30).Length;
        var tenTimes = Write(Runs(20_000), 30).Length;

        Assert.That(tenTimes, Is.LessThan(once * 1.2));
    }

    [TestCase(1)]
    [TestCase(30)]
    [TestCase(400)]
    public void Write_AnyPeriod_IsWellFormedWithTitledDrawings(int days)
    {
        var page = Parse(Write(SampleHistory.Create(), days));
        var charts = page.Descendants(Svg + "svg").Where(svg => svg.Attribute("role")?.Value == "img").ToList();
        var ids = page.Descendants().Select(element => element.Attribute("id")?.Value).OfType<string>().ToList();

        Assert.That(charts, Has.Count.GreaterThan(10));
        Assert.That(charts.Select(svg => svg.Element(Svg + "title")?.Value), Is.All.Not.Empty);
        Assert.That(charts.Select(svg => svg.Element(Svg + "desc")?.Value), Is.All.Not.Empty);
        Assert.That(ids, Is.Unique);
        Assert.That(charts.SelectMany(svg => svg.Attribute("aria-labelledby")!.Value.Split(' ')), Is.SubsetOf(ids));
    }

    [Test]
    public void Write_HostileTexts_StayTexts()
    {
        var text = Hostile + new string('x', 10_000);
        var page = Write([SampleRun.Create(text, JobStatus.Failed, summary: text, runId: text), SampleRun.Create(
            "b", JobStatus.Failed, summary: Hostile)], 30, text);

        Assert.That(Parse(page).Descendants().Select(element => element.Name.LocalName), Has.None.AnyOf("img", "script"));
        Assert.That(page, Does.Not.Contain("<img").And.Not.Contain('\u001b').And.Not.Contain('\u202E').And.Not.Contain('\0'));
        Assert.That(page, Does.Contain("&lt;/script&gt;"));
        Assert.That(page, Has.Length.LessThan(40_000));
    }

    [Test]
    public void Write_AnyPage_NeedsNothingElse()
    {
        var page = Parse(Write(SampleHistory.Create(), 30));
        var policy = page.Descendants(Html + "meta").Single(meta => meta.Attribute("http-equiv")?.Value == "Content-Security-Policy");
        var names = page.Descendants().Select(element => element.Name.LocalName).Distinct();
        var addresses =
            page.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "src" or "href" or "action" or "data");

        Assert.That(policy.Attribute("content")!.Value, Does.StartWith("default-src 'none'; style-src 'unsafe-inline'"));
        Assert.That(names, Has.None.AnyOf("script", "iframe", "object", "img", "form"));
        Assert.That(addresses.Select(attribute => attribute.Value), Is.All.StartsWith("data:"));
        Assert.That(page.Descendants(Html + "style").Single().Value, Does.Not.Contain("@import").And.Not.Contain("http"));
    }

    [Test]
    public void Write_StyleSheet_MeansTheSameToHtmlAndXml() =>
        Assert.That(Parse(Write([], 30)).Descendants(Html + "style").Single().Value, Does.Not.Contain('<').And.Not.Contain('&'));

    [Test]
    public void Write_NoRun_SaysWhatToDo()
    {
        var page = Parse(Write([], 30)).Root!.Value;

        Assert.That(page, Does.Contain("No runs in this period").And.Contain("dispatch run JOB --dry-run").And.Contain("RUNS_TABLE"));
    }

    [Test]
    public void Write_OneRun_ShowsIt()
    {
        var page = Parse(Write([SampleRun.Create(durationMs: 1234)], 30)).Root!.Value;

        Assert.That(page, Does.Contain("The job is well.").And.Contain("100 %").And.Contain("1.2 s"));
    }

    [Test]
    public void Write_OnlySkippedRuns_HasNoDurations()
    {
        var page = Parse(Write([SampleRun.Create(status: JobStatus.Skipped)], 30));

        Assert.That(page.Descendants(Html + "figcaption").Select(caption => caption.Value), Is.EqualTo(["Runs per day"]));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Write_JobWhoseLastRunFailed_IsNamedFirst(bool dryRun)
    {
        var page = Parse(Write([SampleRun.Create("a", JobStatus.Failed, dryRun: dryRun), SampleRun.Create("b")], 30));

        Assert.That(Verdict(page), Is.EqualTo(("verdict bad", "✕1 of 2 jobs needs a person. a (failing).")));
        var first = page.Descendants(Html + "tbody").First().Elements().First();
        Assert.That(first.Value, Does.StartWith("a✕failingfailed: Done.dispatch show 20261122T053000-000103e8"));
    }

    [Test]
    public void Write_JobThatStopped15DaysAgo_IsNeverGreen()
    {
        RunRecord[] daily = [.. Enumerable.Range(15, 10).Select(static day =>
            SampleRun.Create("a", startedAt: SampleRun.Now.AddDays(-day)))];

        Assert.That(
            Verdict(Parse(Write([.. daily, SampleRun.Create("b")], 30))),
            Is.EqualTo(("verdict bad", "✕1 of 2 jobs needs a person. a (overdue).")));
        var schedule = new JobSchedule { Expected = [SampleRun.Now.AddDays(-1)], Next = SampleRun.Now.AddDays(1) };
        var request = new StatusRequest { Schedules = new Dictionary<string, JobSchedule> { ["never"] = schedule } };
        Assert.That(
            Verdict(Parse(Write([], 30, request: request))),
            Is.EqualTo(("verdict warn", "!The job needs a person. never (never ran).")), "without a run in the period");
        Assert.That(Verdict(Parse(Write([], 30))), Is.EqualTo(("verdict neutral", "–No job is known.")));
        Assert.That(Verdict(Parse(Write([SampleRun.Create("b")], 30))).Class, Is.EqualTo("verdict good"));
    }

    private static (string? Class, string Text) Verdict(XDocument page)
    {
        var verdict = page.Descendants(Html + "p").Single(
            paragraph => paragraph.Attribute("class")?.Value.StartsWith("verdict", StringComparison.Ordinal) == true);
        return (verdict.Attribute("class")?.Value, verdict.Value);
    }

    [Test]
    public void Write_DayWithOneFailureAmongMany_IsMarkedBelowTheAxis()
    {
        var runs = Enumerable.Range(1, 300).Select(index => SampleRun.Create(
            status: index == 7 ? JobStatus.Failed : JobStatus.Succeeded, startedAt: SampleRun.Now.AddMinutes(-index)));

        Assert.That(
            Parse(Write([.. runs], 30)).Descendants(Svg + "path").Count(path => path.Attribute("class")?.Value == "mark"), Is.EqualTo(1));
    }

    [Test]
    public void Write_Prices_ShowInTheAssumptions()
    {
        var page = Write([SampleRun.Create(bytes: 1L << 30)], 30, prices: new PriceList { StorageGigabyteMonth = 0.0125 });

        Assert.That(Parse(page).Root!.Value, Does.Contain("Storage saved: $0.01 per month").And.Contain(
            "$0.0125 per GB-month").And.Contain("versioned bucket"));
    }

    [Test]
    public void Write_StorageClasses_ShowPricesAndWhatIsLeftOut()
    {
        var run = SampleRun.Create(bytes: 3L << 30);
        var classes = new Dictionary<string, long> { ["STANDARD_IA"] = 2L << 30, ["<new>"] = 1L << 30 };

        var page = Parse(Write([run with { Changes = run.Changes with { BytesByClass = classes } }], 30)).Root!.Value;

        Assert.That(page, Does.Contain("STANDARD_IA (billed for 30 days and 128 KB at least)").And.Contain("$0.0125"));
        Assert.That(page, Does.Contain("<new> (not known, priced as STANDARD)"));
        Assert.That(page, Does.Contain("Storage saved: $0.05 per month"));
    }

    [Test]
    public void Write_TimeZone_GivesTheDays()
    {
        var page = Write([SampleRun.Create(startedAt: new DateTimeOffset(2026, 11, 20, 23, 30, 0, TimeSpan.Zero))], 30, zone: "Asia/Tokyo");

        Assert.That(page, Does.Contain("Sat 21 Nov 2026: 1 succeeded").And.Contain("(Asia/Tokyo)"));
    }

    private static IReadOnlyList<RunRecord> Runs(int count) =>
        [.. Enumerable.Range(0, count).Select(index => SampleRun.Create(
            $"job-{index % 5}", startedAt: SampleRun.Now.AddDays(-30.0 * index / count), durationMs: index % 977))];

    private static string Write(
        IReadOnlyList<RunRecord> runs,
        int days,
        string? job = null,
        PriceList? prices = null,
        string zone = "UTC",
        StatusRequest? request = null)
    {
        var activity =
            new Activity(Timeline.Create(SampleRun.Now.AddDays(-days), SampleRun.Now, TimeZoneInfo.FindSystemTimeZoneById(zone)));
        foreach (var run in runs.Where(run => run.StartedAt >= activity.Timeline.From))
        {
            activity.Add(run);
        }

        var output = new StringWriter();
        ReportPage.Write(output, new ReportContent(activity, prices ?? new PriceList(), "a list", job)
        {
            Tool = "dispatch", Board = SampleBoard.ReadAsync(runs, request).GetAwaiter().GetResult(),
        });
        return output.ToString();
    }

    private static XDocument Parse(string page)
    {
        using var reader = XmlReader.Create(new StringReader(page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }
}
