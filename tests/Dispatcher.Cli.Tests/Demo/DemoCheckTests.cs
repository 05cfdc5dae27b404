using Dispatcher.Cli.Demo;
using Dispatcher.Cli.Samples;

namespace Dispatcher.Cli.Tests.Demo;

/// <summary>The demo's verdict is worth something only if it finds what is wrong.</summary>
public sealed class DemoCheckTests
{
    private static readonly DemoKind Finished =
        new("finished", 1) { Session = new DemoSession("uploaded", TimeSpan.Zero), ObjectKey = DemoKinds.VideoKey };

    private static readonly DemoKind Expired = Finished with { SessionFate = DemoFate.Removed, ObjectFate = DemoFate.Removed };

    private static readonly DemoKind Stray = new("stray", 1) { UploadParts = 1, UploadFate = DemoFate.Removed };

    [Test]
    public void FindMistakes_AllAsExpected_FindsNone() =>
        Assert.That(Find([new(Finished, Guid.NewGuid())], item => Snapshot(item, "uploaded", hasObject: true)), Is.Empty);

    [Test]
    public void FindMistakes_ObjectThatHadToSurviveIsGone_NamesIt() =>
        Assert.That(
            Find([new(Finished, Guid.NewGuid())], item => Snapshot(item, "uploaded", hasObject: false)),
            Has.One.Contains("must be there, but is gone"));

    [Test]
    public void FindMistakes_SessionThatHadToSurviveIsGone_NamesIt() =>
        Assert.That(
            Find([new(Finished, Guid.NewGuid())], item => Snapshot(item, null, hasObject: true)), Has.One.Contains("must be 'uploaded', "
                + "but is gone"));

    [Test]
    public void FindMistakes_SessionHasAnotherStatus_NamesIt() =>
        Assert.That(
            Find([new(Finished, Guid.NewGuid())], item => Snapshot(item, "partial", hasObject: true)),
            Has.One.Contains("must be 'uploaded', but is 'partial'"));

    [Test]
    public void FindMistakes_WhatHadToGoIsThere_NamesObjectAndSession() =>
        Assert.That(Find([new(Expired, Guid.NewGuid())], item => Snapshot(item, "created", hasObject: true)), Has.Count.EqualTo(2));

    [Test]
    public void FindMistakes_UploadThatHadToGoIsThere_NamesIt() =>
        Assert.That(
            Find([new(Stray, Guid.NewGuid())], item =>
                Snapshot(item, null, hasObject: false) with { Uploads = new HashSet<string> { item.UploadId } }),
            Has.One.Contains("multipart upload"));

    [Test]
    public void FindChanges_AnythingIsGone_NamesIt()
    {
        var item = new DemoItem(Expired, Guid.NewGuid());

        Assert.That(DemoCheck.FindChanges([item], Snapshot(item, null, hasObject: false)), Has.Count.EqualTo(2));
    }

    private static IReadOnlyList<string> Find(DemoItem[] items, Func<DemoItem, DemoSnapshot> found) =>
        DemoCheck.FindMistakes(items, found(items[0]));

    private static DemoSnapshot Snapshot(DemoItem item, string? status, bool hasObject) => new(
        status is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [$"{item.Id}"] = status },
        hasObject ? new HashSet<string> { item.Key } : new HashSet<string>(),
        new HashSet<string>());
}
