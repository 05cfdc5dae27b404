using System.Text.Json;
using Dispatcher.Testing;
using Dispatcher.Tool.Terminal;
using Dispatcher.Tool.Tests.History;

namespace Dispatcher.Tool.Tests.Commands.Deployment;

public sealed class SchedulesAdviseCommandTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder()
    {
        _folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".local"));
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Advise_HourlyJobWithWorkOnceADay_WritesTheExpressionToCopy()
    {
        await WriteAsync(14 * 24, static at => at.Hour == 9);

        var advised = await AdviseAsync("--max-age-hours", "6");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(advised.ExitCode, Is.Zero, advised.Error);
            Assert.That(advised.Output.ReplaceLineEndings("\n"), Is.EqualTo(
                """
                video-upload-cleanup
                  runs   336, every 1 h, about 730 a month
                  empty  322 (96%)
                  idle   00:00 to 08:59, 10:00 to 23:59 UTC
                  change 14 of 336 runs found work
                         cron(0 2/6 * * ? *)
                           nothing waits longer than 6 h, on average 0 s at most
                           saves 608 runs a month and 304 GB-s of Lambda


                """.ReplaceLineEndings("\n")));
            Assert.That(advised.Error, Does.Contain("Schedules are in UTC."));
        }
    }

    [Test]
    public async Task Advise_Json_HasTheSameFigures()
    {
        await WriteAsync(14 * 24, static at => at.Hour == 9);

        var advice = JsonElement.Parse((await AdviseAsync("--max-age-hours", "6", "--json")).Output)[0];

        Assert.That(advice.GetProperty("verdict").GetString(), Is.EqualTo("change"));
        Assert.That(advice.GetProperty("options")[0].GetProperty("expression").GetString(), Is.EqualTo("cron(0 2/6 * * ? *)"));
        Assert.That(advice.GetProperty("options")[0].GetProperty("savedRunsPerMonth").GetDouble(), Is.EqualTo(608));
    }

    [Test]
    public async Task Advise_TooLittleHistory_SaysSoAndSucceeds()
    {
        await WriteAsync(5, static _ => true);

        var advised = await AdviseAsync();

        Assert.That(advised.ExitCode, Is.Zero);
        Assert.That(advised.Output, Does.Contain("wait   5 runs within 4 h show too little: at least 20 runs over 7 days are needed."));
    }

    [Test]
    public async Task Advise_NoHistory_SaysWhere()
    {
        var advised = await AdviseAsync();

        Assert.That((advised.ExitCode, advised.Output.Trim()), Is.EqualTo((ExitCode.Done, string.Empty)));
        Assert.That(advised.Error, Does.Contain("is known (").And.Contain("Look further back with --since."));
    }

    [TestCase("--max-age-hours", "0", "'--max-age-hours' must be from 0.02 to 168.")]
    [TestCase("--max-age-hours", "NaN", "'--max-age-hours' must be from 0.02 to 168.")]
    [TestCase("--job", "video-upload-clenup", "Did you mean 'video-upload-cleanup'?")]
    [TestCase("--since", "soon", "'soon' is not a time.")]
    public async Task Advise_Nonsense_IsExplained(string option, string value, string problem)
    {
        var advised = await AdviseAsync(option, value);

        Assert.That(advised.ExitCode, Is.EqualTo(ExitCode.BadInput));
        Assert.That(advised.Error, Does.Contain(problem));
    }

    private async Task WriteAsync(int hours, Func<DateTimeOffset, bool> found)
    {
        var store = LocalRuns.Open(_folder.Path);
        var today = new DateTimeOffset(DateTime.UtcNow.Date, TimeSpan.Zero);
        foreach (var at in Enumerable.Range(1, hours).Select(hour => today.AddHours(-hour)))
        {
            var changes = found(at) ? 3 : 0;
            await store.WriteAsync(
                RunRecordBuilder.Create("video-upload-cleanup", at) with
                {
                    MemoryMegabytes = 512, Changes = new ChangesSummary(changes, changes, 0, 0, [], false),
                },
                CancellationToken.None);
        }
    }

    private Task<ProcessResult> AdviseAsync(params string[] words) =>
        Dispatch.RunAsync(["schedules", "advise", .. words], directory: _folder.Path);
}
