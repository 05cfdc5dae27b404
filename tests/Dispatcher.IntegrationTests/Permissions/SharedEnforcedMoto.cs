namespace Dispatcher.IntegrationTests.Permissions;

/// <summary>The server that the fixtures here share, which do not run in parallel: each enforces a policy while its runs last.</summary>
[SetUpFixture]
internal sealed class SharedEnforcedMoto
{
    private static Lazy<Task<EnforcedMoto>> Server { get; } = new(EnforcedMoto.StartAsync);

    public static Task<EnforcedMoto> GetAsync() => Server.Value;

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Server.IsValueCreated)
        {
            (await Server.Value).Dispose();
        }
    }
}
