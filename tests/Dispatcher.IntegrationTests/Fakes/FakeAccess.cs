namespace Dispatcher.IntegrationTests.Fakes;

/// <summary>The ways to the fakes.</summary>
internal enum FakeAccess
{
    /// <summary>Clients that the fakes make.</summary>
    InProcess,

    /// <summary>Ordinary clients of the HTTP server.</summary>
    Http,
}
