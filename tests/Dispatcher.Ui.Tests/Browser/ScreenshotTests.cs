using Dispatcher.Reporting.Tests.Browser;
using Dispatcher.Ui.Pages;
using Dispatcher.Ui.Tests.World;

namespace Dispatcher.Ui.Tests.Browser;

internal sealed class ScreenshotTests
{
    [Test]
    public async Task All()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var world = new UiWorld(jobs: SampleRuns.Jobs);
        await world.WriteAsync(SampleRuns.Create());
        for (var number = 1; number <= 9; number++) world.Shelf.Put($"s3://acme-media/uploads/2026-11-{number:00}/session-{number}.mp4", number);
        world.Shelf.Put("table/sessions/17");
        await world.PlanAsync("monday.jsonl");
        world.Clock.Advance(TimeSpan.FromMinutes(4));
        for (var number = 10; number <= 14; number++) world.Shelf.Put($"s3://acme-media/uploads/2026-11-{number:00}/session-{number}.mp4", number);
        world.Shelf.Put("table/sessions/17", 2);
        await world.Shelf.RemoveAsync("s3://acme-media/uploads/2026-11-01/session-1.mp4", default);
        var plan = await world.PlanAsync("tuesday.jsonl");
        File.WriteAllText(world.Path("template.json"), SampleTemplate.Create());
        await world.StartAsync(new UiSettings { AllowRuns = true, Template = world.Path("template.json") });
        await using var browser = await Chromium.StartAsync(limit.Token);
        var page = await browser.OpenAsync(limit.Token);
        var run = SampleRuns.Create().Last(run => run.Job == "video-upload-cleanup");
        var runs = new List<RunRecord>();
        await foreach (var one in world.History.ListAsync(new Dispatcher.Hosting.RunQuery { Job = "video-upload-cleanup" })) runs.Add(one);
        await page.LoadAsync(world.Address.ToString());
        foreach (var (name, path) in new[] { ("status", "/"), ("runs", "/runs"), ("run", $"/runs/{runs[0].RunId}"), ("schedules", "/schedules"), ("plans", "/plans"), ("plan", Link.Plan(plan)), ("apply", Link.To("/apply", ("at", plan))), ("report", "/report") })
        {
            foreach (var (kind, scheme, width) in new[] { ("light", "light", 1280), ("dark", "dark", 1280), ("phone", "light", 390) })
            {
                await page.UseColorSchemeAsync(scheme);
                await page.UseScreenAsync(width, width < 600 ? 844 : 900, width < 600);
                await page.LoadAsync(new Uri(world.Client.BaseAddress!, path).ToString());
                await page.SaveScreenshotAsync($"/tmp/uishots/{name}-{kind}.png");
                TestContext.Out.WriteLine($"{name} {kind} {string.Join(' ', page.Complaints)} overflow {(await page.EvaluateAsync("document.documentElement.scrollWidth - innerWidth")).GetInt32()}");
            }
        }
    }
}
