namespace Dispatcher.Tool.Tests;

public sealed class DispatchToolOptionsTests
{
    [TestCase("/usr/local/bin/acme", "Acme.Chores.Tool", "acme")]
    [TestCase("/home/me/bin/Acme.Chores.Tool", "Other", "Acme.Chores.Tool")]
    [TestCase("acme.exe", "Acme.Chores.Tool", "acme")]
    [TestCase("/usr/share/dotnet/dotnet", "Acme.Chores.Tool", "Acme.Chores.Tool")]
    [TestCase("dotnet.exe", "Acme.Chores.Tool", "Acme.Chores.Tool")]
    [TestCase(null, "Acme.Chores.Tool", "Acme.Chores.Tool")]
    [TestCase(null, null, "dotnet")]
    public void FindName_Program_IsAsTyped(string? program, string? assembly, string expected) =>
        Assert.That(DispatchToolOptions.FindName(program, assembly), Is.EqualTo(expected));
}
