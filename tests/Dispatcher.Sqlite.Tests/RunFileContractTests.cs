using Dispatcher.Hosting;
using Dispatcher.IntegrationTests.History;
using Dispatcher.Testing;
using Dispatcher.Tool.Tests;
using Microsoft.Data.Sqlite;

namespace Dispatcher.Sqlite.Tests;

[TestFixture]
public sealed class RunFileContractTests : RunHistoryContract
{
    private TemporaryFolder _folder = null!;

    private string FilePath => Path.Combine(_folder.Path, ".local", "runs.db");

    [SetUp]
    public void CreateFolder() => _folder ??= new TemporaryFolder();

    [TearDown]
    public void DeleteFolder()
    {
        _folder.Dispose();
        _folder = null!;
    }

    [TestCaseSource(typeof(RunStoreContract), nameof(RunStoreContract.Promises))]
    public Task Store_Promise_IsKept(string promise) =>
        new RunStoreContract(clock => Task.FromResult<IRunStore>(new RunFile(FilePath, clock))).CheckAsync(promise);

    protected override Task<(IRunSink Sink, IRunHistory History)> CreateAsync()
    {
        _folder ??= new TemporaryFolder();
        var store = new RunFile(FilePath, TimeProvider.System);
        return Task.FromResult<(IRunSink, IRunHistory)>((store, store));
    }

    protected override async Task AddEntryAsync(string job, string runId, string entry)
    {
        await using var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        await connection.OpenAsync();
        connection.Execute(
            "INSERT INTO runs VALUES (@runId, @job, 0, 'failed', @record)", ("@runId", runId), ("@job", job), ("@record", entry));
    }
}
