using Mono.Cecil;

namespace Dispatcher.Repository.Tests.Layout;

/// <summary>Checks what projects may reference.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly string[] ConsoleAssemblies = ["Spectre.Console", "System.CommandLine", "System.Console"];

    [Test]
    public void Friends_OfTheCore_AreTestsOnly() => Assert.That(
        new SourceProject("Dispatcher").Friends(), Is.Not.Empty.And.All.EndsWith(".Tests"));

    [TestCase("Dispatcher.Deployment")]
    [TestCase("Dispatcher.Reporting")]
    public void References_OfALibrary_HaveNoConsole(string name)
    {
        using var module = ModuleDefinition.ReadModule(new SourceProject(name).AssemblyPath());

        Assert.That(module.AssemblyReferences.Select(reference => reference.Name).Intersect(ConsoleAssemblies), Is.Empty);
    }
}
