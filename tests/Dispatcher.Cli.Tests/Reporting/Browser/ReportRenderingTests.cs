using System.Globalization;
using System.Text;
using Dispatcher.Cli.Reporting.Estimates;
using Dispatcher.Cli.Reporting.Figures;
using Dispatcher.Cli.Reporting.Page;
using Dispatcher.History;

namespace Dispatcher.Cli.Tests.Reporting.Browser;

/// <summary>Looks at the report in a real browser.</summary>
public sealed class ReportRenderingTests
{
    private const double MaxMilliseconds = 2000;
    private const int MaxBytes = 2_000_000;
    private const int Attempts = 3;

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(2));
    private TemporaryFolder _folder = null!;
    private Chromium _browser = null!;
    private BrowserPage _page = null!;

    [OneTimeSetUp]
    public async Task StartBrowser()
    {
        _folder = new TemporaryFolder();
        _browser = await Chromium.StartAsync(_limit.Token);
        _page = await _browser.OpenAsync(_limit.Token);
    }

    [OneTimeTearDown]
    public async Task EndBrowser()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
        _limit.Dispose();
    }

    [SetUp]
    public async Task UseUsualScreen()
    {
        await _page.UseScreenAsync(1280, 900, mobile: false);
        await _page.UseColorSchemeAsync("light");
    }

    [Test]
    public async Task TenThousandRuns_OnADesktop_RenderWithinTwoSeconds()
    {
        var file = await WriteAsync("report", SampleHistory.Create(), SampleHistory.Days);
        var best = double.MaxValue;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (loaded, painted) = await _page.LoadAsync(file);
            best = Math.Min(best, Math.Max(loaded, painted));
        }

        var size = new FileInfo(file).Length;
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size:N0} bytes, loaded and painted in {best:N0} ms"));
        Assert.That(best, Is.GreaterThan(0).And.LessThan(MaxMilliseconds));
        Assert.That(size, Is.LessThan(MaxBytes));
    }

    [TestCase("light")]
    [TestCase("dark")]
    public async Task Screenshots(string scheme)
    {
        await _page.UseColorSchemeAsync(scheme);
        await _page.LoadAsync(await WriteAsync("report", SampleHistory.Create(), SampleHistory.Days));
        await _page.SaveScreenshotAsync(Picture($"report-{scheme}"));
        await _page.UseScreenAsync(390, 844, mobile: true);
        await _page.SaveScreenshotAsync(Picture($"report-phone-{scheme}"));
    }

    private static string Picture(string name) => Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{name}.png");

    private async Task<string> WriteAsync(string name, IReadOnlyList<RunRecord> runs, int days)
    {
        var timeline = Timeline.Create(SampleRun.Now.AddDays(-days), SampleRun.Now, TimeZoneInfo.Utc);
        var activity = await Activity.ReadAsync(new ListedHistory(runs), null, timeline, _limit.Token);
        var file = Path.Combine(_folder.Path, $"{name}.html");
        await using var output = new StreamWriter(file, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        ReportPage.Write(output, new ReportView(activity, new PriceList(), "DynamoDB table maintenance-runs", null));
        return file;
    }
}
