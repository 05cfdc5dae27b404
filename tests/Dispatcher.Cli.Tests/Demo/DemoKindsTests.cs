using Dispatcher.Cli.Samples;

namespace Dispatcher.Cli.Tests.Demo;

public sealed class DemoKindsTests
{
    [Test]
    public void All_Sessions_AreTwoThousand() =>
        Assert.That(DemoKinds.All.Where(kind => kind.Session is not null).Sum(kind => kind.Count), Is.EqualTo(2_000));

    [Test]
    public void All_Objects_AreThreeThousand() =>
        Assert.That(DemoKinds.All.Where(kind => kind.ObjectKey is not null).Sum(kind => kind.Count), Is.EqualTo(3_000));
}
