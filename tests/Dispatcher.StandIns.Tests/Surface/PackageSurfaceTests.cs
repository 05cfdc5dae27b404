namespace Dispatcher.StandIns.Tests.Surface;

public sealed class PackageSurfaceTests
{
    private static string[] OwnAssemblies => [.. PackageAssemblies.OfThisProject.Select(path => Path.GetFileName(path))];

    [TestCaseSource(typeof(PackageAssemblies), nameof(PackageAssemblies.Names))]
    public void List_EveryMember_ExistsInTheLoadedAssembly(string package)
    {
        var offered = OfferedMembers.Of(PackageAssemblies.Load(package)).ToHashSet();
        var listed = PackageAssemblies.Listed.Where(line => line.Split(' ')[0] == package);

        Assert.That(
            listed.Where(line => !offered.Contains(line) && !offered.Contains(WithSetter(line))),
            Is.Empty,
            $"{package} lacks members that RealMembers.txt lists.");
    }

    [TestCaseSource(nameof(OwnAssemblies))]
    public void OwnAssembly_EveryUse_IsOfAListedMember(string assembly) => Assert.That(
        Unlisted(Path.Combine(AppContext.BaseDirectory, assembly)),
        Is.Empty,
        "Members that RealMembers.txt does not list. Check each of them against the package's public source, then add its line.");

    [TestCaseSource(nameof(OwnAssemblies))]
    public void OwnAssembly_ClientInterface_IsNotImplemented(string assembly) => Assert.That(
        UsedMembers.ImplementedClients(Path.Combine(AppContext.BaseDirectory, assembly)),
        Is.Empty,
        "The packages' client interfaces have more members than their stand-ins: such a class compiles here only. Mock the interface "
            + "instead.");

    [Test]
    public void OwnAssemblies_Names_AreFound() =>
        Assert.That(OwnAssemblies, Does.Contain("Dispatcher.StandIns.Tests.dll").And.Length.GreaterThan(1));

    [Test]
    public void Use_OfAMemberThatIsNotListed_IsFound()
    {
        var path = typeof(SampleUse).Assembly.Location;

        Assert.That(Unlisted(path, without: SampleUse.Line), Is.EqualTo(new[] { SampleUse.Line }));
    }

    // In the list a property is one line; in compiled code it is two methods.
    private static IEnumerable<string> Accessors(string line)
    {
        var property = line.IndexOf(" { ", StringComparison.Ordinal);
        if (property < 0)
        {
            return [line];
        }

        var (owner, type) = (
            line[..line.LastIndexOf(" : ", StringComparison.Ordinal)],
            line[(line.LastIndexOf(" : ", StringComparison.Ordinal) + 3)..property]);
        var dot = owner.LastIndexOf('.');
        var (scope, name) = (owner[..dot], owner[(dot + 1)..]);
        return [$"{scope}.get_{name}() : {type}", $"{scope}.set_{name}({type}) : void"];
    }

    // A setter that the list does not contain makes no difference to code that does not use it.
    private static string WithSetter(string line) => line.Replace("{ get; }", "{ get; set; }", StringComparison.Ordinal);

    private static string[] Unlisted(string path, string? without = null)
    {
        var listed = PackageAssemblies.Listed.Where(line => line != without).SelectMany(Accessors).ToHashSet();
        return [.. UsedMembers.Of(path).Where(use => !listed.Contains(use))];
    }
}
