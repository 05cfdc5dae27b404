using Dispatcher.Reporting.Tests.Browser;
using Dispatcher.Ui.Pages;
using Dispatcher.Ui.Tests.World;

namespace Dispatcher.Ui.Tests.Browser;

/// <summary>The pages in a real browser: what they look like, and what the keys and the script do.</summary>
internal sealed class BrowserTests
{
    private const string Overflow = "document.documentElement.scrollWidth - innerWidth";

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(5));
    private Chromium _browser = null!;
    private BrowserPage _page = null!;
    private UiWorld _world = null!;
    private string _plan = null!;

    [OneTimeSetUp]
    public async Task StartBrowser() => _browser = await Chromium.StartAsync(_limit.Token);

    [OneTimeTearDown]
    public async Task EndBrowser()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _limit.Dispose();
    }

    [SetUp]
    public async Task StartWorld()
    {
        _world = new UiWorld(StoreKind.DynamoDb, planBucket: true, SampleRuns.Jobs);
        await _world.WriteAsync(SampleRuns.Create());
        await File.WriteAllTextAsync(_world.Path("template.json"), SampleTemplate.Create());
        _plan = await SamplePlans.WriteAsync(_world);
        await _world.StartAsync(new UiSettings { AllowRuns = true, Template = _world.Path("template.json") });
        _page = await _browser.OpenAsync(_limit.Token);
        await _page.CallAsync("Page.bringToFront");
        await _page.UseScreenAsync(1280, 900, mobile: false);
        await _page.LoadAsync(_world.Address.ToString());
    }

    [TearDown]
    public async Task EndWorld() => await _world.DisposeAsync();

    [TestCase("light", 1280)]
    [TestCase("dark", 1280)]
    [TestCase("light", 390)]
    [TestCase("dark", 390)]
    public async Task AnyPage_AnyScreen_FitsHasContrastAndLoadsNothingElse(string scheme, int width)
    {
        await _page.UseColorSchemeAsync(scheme);
        await _page.UseScreenAsync(width, 900, mobile: width < 600);
        foreach (var (name, path) in new[]
        {
            ("status", "/"), ("runs", "/runs"), ("run", Link.Run((await FirstRunAsync("daily-uptime")).RunId)), ("schedules", "/schedules"),
            ("plans", "/plans"), ("plan", Link.Plan(_plan)), ("apply", Link.To("/apply", ("at", _plan))), ("report", "/report"),
        })
        {
            await OpenAsync(path);
            await _page.SaveScreenshotAsync(
                Path.Combine(TestContext.CurrentContext.WorkDirectory, $"ui-{name}-{scheme}{(width < 600 ? "-phone" : string.Empty)}.png"));

            Assert.That((await _page.EvaluateAsync(Overflow)).GetInt32(), Is.LessThanOrEqualTo(0), name);
            var faint = (await _page.EvaluateAsync(Contrast.FaintTexts)).EnumerateArray().Select(thing => thing.GetString());
            Assert.That(faint, Is.Empty, name);
            Assert.That(_page.Complaints, Is.Empty, name);
            Assert.That(_page.Requests.Where(address => !address.StartsWith("data:", StringComparison.Ordinal)), Has.All.StartsWith(
                _world.Client.BaseAddress!.ToString()), name);
        }
    }

    [Test]
    public async Task Address_AfterEntering_DoesNotHoldTheToken() =>
        Assert.That((await _page.EvaluateAsync("location.href")).GetString(), Is.EqualTo(_world.Client.BaseAddress!.ToString()));

    [Test]
    public async Task Keys_SlashAndJAndK_LeadToFilterAndRows()
    {
        await OpenAsync("/runs");

        await PressAsync("/");
        var filter = await _page.EvaluateAsync("document.activeElement.id");
        await PressAsync("j");
        var typed = await _page.EvaluateAsync("document.activeElement.value");
        await PressAsync("Escape");
        await PressAsync("j");
        await PressAsync("j");
        var second = await RowAsync();
        await PressAsync("k");
        var first = await RowAsync();

        Assert.That(filter.GetString(), Is.EqualTo("filter"));
        Assert.That(typed.GetString(), Is.EqualTo("j"), "a key in a field is text");
        Assert.That(second, Is.EqualTo(1));
        Assert.That(first, Is.Zero);
        Assert.That((await _page.EvaluateAsync("getComputedStyle(document.activeElement).outlineStyle")).GetString(), Is.EqualTo("solid"));
    }

    [Test]
    public async Task Tab_FromTheTop_SkipsToTheContentFirst()
    {
        await OpenAsync("/runs");

        await PressAsync("Tab");
        var first = await _page.EvaluateAsync("document.activeElement.textContent");
        await PressAsync("Tab");
        await PressAsync("Tab");
        var third = await _page.EvaluateAsync("document.activeElement.textContent");

        Assert.That(first.GetString(), Is.EqualTo("Skip to the content"));
        Assert.That(third.GetString(), Is.EqualTo("Status"));
    }

    [Test]
    public async Task Refresh_NewRun_AppearsAndKeepsTheFocus()
    {
        await OpenAsync("/runs");
        await PressAsync("j");
        var focused = await _page.EvaluateAsync("document.activeElement.getAttribute('href')");
        await _world.WriteAsync(SampleRuns.Create("ecs-run-task", SampleRuns.Now.AddMinutes(4.5), 800, "Started the newest task."));

        await RefreshAsync("document.querySelector('#live tbody tr').textContent.includes('Started the newest task.')");

        var after = await _page.EvaluateAsync("document.activeElement.getAttribute('href')");
        Assert.That(after.GetString(), Is.EqualTo(focused.GetString()));
        Assert.That(await RowAsync(), Is.GreaterThan(0), "the same run, now below the new one");
    }

    [Test]
    public async Task Refresh_NothingNew_LeavesThePageAsItIs()
    {
        await OpenAsync("/runs");
        await _page.EvaluateAsync("document.querySelector('#live tbody tr').mark = 1");
        await _page.EvaluateAsync("document.getElementById('updated').textContent = 'old'");

        await RefreshAsync("document.getElementById('updated').textContent !== 'old'");

        Assert.That((await _page.EvaluateAsync("document.querySelector('#live tbody tr').mark")).GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task ReducedMotion_Wanted_AnimatesNothing([Values] bool reduced)
    {
        await _page.CallAsync("Emulation.setEmulatedMedia", new
        {
            features = new[] { new { name = "prefers-reduced-motion", value = reduced ? "reduce" : "no-preference" } },
        });
        await OpenAsync("/runs");

        var animation = await _page.EvaluateAsync("""
            (() => {
              const row = document.querySelector('#live tbody tr');
              row.className = 'changed-now';
              return getComputedStyle(row).animationName;
            })()
            """);

        Assert.That(animation.GetString(), Is.EqualTo(reduced ? "none" : "changed"));
    }

    [Test]
    public async Task Plan_TwoTicked_AreAppliedAfterTheQuestion()
    {
        await OpenAsync(Link.Plan(_plan));
        var before = _world.Shelf.Items.Count;
        Assert.That((await _page.EvaluateAsync("document.querySelector('[data-ticked]').disabled")).GetBoolean(), Is.True);

        await ClickAsync("input[name=n][value='1']");
        await ClickAsync("input[name=n][value='3']");
        Assert.That(await TextAsync("[data-ticked]"), Is.EqualTo("Apply 2 ticked …"));
        await FollowAsync("[data-ticked]");
        Assert.That(await TextAsync("h1"), Is.EqualTo("Make these 2 changes?"));
        await ClickAsync("button.danger");
        Assert.That(_world.Server.Work.Find("1"), Is.Null, "the box of the question is not ticked");
        await ClickAsync("input[name=sure]");
        await FollowAsync("button.danger");
        await _world.Server.Work.Find("1")!.Run;
        await OpenAsync("/work/1");

        Assert.That((await _page.EvaluateAsync("document.querySelector('.verdict').textContent")).GetString(), Does.Contain("Succeeded."));
        Assert.That(_world.Shelf.Items, Has.Count.EqualTo(before - 2));
        Assert.That(_page.Complaints, Is.Empty);
    }

    private async Task<RunRecord> FirstRunAsync(string job)
    {
        await foreach (var run in _world.History.ListAsync(new Dispatcher.Hosting.RunQuery { Job = job }))
        {
            return run;
        }

        throw new InvalidOperationException($"No run of {job}.");
    }

    private async Task OpenAsync(string path) => await _page.LoadAsync(new Uri(_world.Client.BaseAddress!, path).ToString());

    private async Task PressAsync(string key)
    {
        var text = key.Length == 1 ? key : string.Empty;
        var code = key switch { "Tab" => 9, "Escape" => 27, _ => 0 };
        await _page.CallAsync("Input.dispatchKeyEvent", new { type = "keyDown", key, text, windowsVirtualKeyCode = code });
        await _page.CallAsync("Input.dispatchKeyEvent", new { type = "keyUp", key, windowsVirtualKeyCode = code });
    }

    private async Task<int> RowAsync() => (await _page.EvaluateAsync(
        "[...document.querySelectorAll('[data-row]')].findIndex(row => row.contains(document.activeElement))")).GetInt32();

    private async Task<string?> TextAsync(string selector) =>
        (await _page.EvaluateAsync($"document.querySelector('{selector}').textContent")).GetString();

    private async Task ClickAsync(string selector) => await _page.EvaluateAsync($"document.querySelector(\"{selector}\").click()");

    private async Task FollowAsync(string selector)
    {
        var loaded = _page.NextLoadAsync();
        await ClickAsync(selector);
        await loaded;
    }

    /// <summary>Refreshes as when a tab is shown again, and waits until the page is as expected.</summary>
    private async Task RefreshAsync(string expected) => await _page.EvaluateAsync($$"""
        new Promise(resolve => {
          const look = () => { if ({{expected}}) { observer.disconnect(); resolve(true); } };
          const observer = new MutationObserver(look);
          observer.observe(document.body, { childList: true, subtree: true, characterData: true });
          document.dispatchEvent(new Event("visibilitychange"));
          setTimeout(() => resolve(false), 60000);
        })
        """);
}
