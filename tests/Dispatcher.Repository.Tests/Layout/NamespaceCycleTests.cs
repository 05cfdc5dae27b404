namespace Dispatcher.Repository.Tests.Layout;

/// <summary>Checks that the namespaces of a project depend on each other in one direction only.</summary>
public sealed class NamespaceCycleTests
{
    private static IEnumerable<SourceProject> Projects() => SourceProject.All();

    [TestCaseSource(nameof(Projects))]
    public void Namespaces_OfAProject_HaveNoCycle(object project) =>
        Assert.That(NamespaceGraph.Read(((SourceProject)project).AssemblyPath()).FindCycles(), Is.Empty);

    [Test]
    public void FindCycles_NamespacesUseEachOther_NamesBothReferences()
    {
        var cycles = NamespaceGraph.Read(typeof(NamespaceCycleTests).Assembly.Location).FindCycles();

        Assert.That(cycles, Is.EqualTo(new[]
        {
            "Dispatcher.Repository.Tests.Layout.Samples.Left -> Dispatcher.Repository.Tests.Layout.Samples.Right (LeftSample uses "
                + "RightSample)",
            "Dispatcher.Repository.Tests.Layout.Samples.Right -> Dispatcher.Repository.Tests.Layout.Samples.Left (RightSample uses "
                + "LeftSample)",
        }));
    }
}
