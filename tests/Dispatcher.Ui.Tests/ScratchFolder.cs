using Dispatcher.Tool.Tests;

namespace Dispatcher.Ui.Tests;

/// <summary>The current directory of the tests: audit trails must not be added to the clone that they run in.</summary>
[SetUpFixture]
public sealed class ScratchFolder
{
    private TemporaryFolder _folder = null!;
    private string _before = null!;

    [OneTimeSetUp]
    public void Enter()
    {
        _before = Directory.GetCurrentDirectory();
        _folder = new TemporaryFolder();
        Directory.SetCurrentDirectory(_folder.Path);
    }

    [OneTimeTearDown]
    public void Leave()
    {
        Directory.SetCurrentDirectory(_before);
        _folder.Dispose();
    }
}
