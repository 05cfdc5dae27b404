namespace Dispatcher.Repository.Tests.Templates;

/// <summary>The folder that all tests of the templates share.</summary>
[SetUpFixture]
public sealed class Consumer
{
    /// <summary>Gets the folder.</summary>
    internal static ConsumerFolder Folder { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task CreateAsync() => Folder = await ConsumerFolder.CreateAsync();

    [OneTimeTearDown]
    public void Delete() => Folder?.Dispose();
}
