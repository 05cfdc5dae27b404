using Dispatcher.Hosting;
using Dispatcher.IntegrationTests.History;
using Dispatcher.Tool.History;

namespace Dispatcher.Tool.Tests.History;

[TestFixture]
public sealed class FileRunHistoryContractTests : RunHistoryContract
{
    private TemporaryFolder? _folder;

    [TearDown]
    public void DeleteFolder() => _folder?.Dispose();

    protected override Task<(IRunSink Sink, IRunHistory History)> CreateAsync()
    {
        _folder = new TemporaryFolder();
        var history = new FileRunHistory(Path.Combine(_folder.Path, ".local", "runs.jsonl"));
        return Task.FromResult<(IRunSink, IRunHistory)>((history, history));
    }

    protected override Task AddEntryAsync(string job, string runId, string entry) =>
        File.AppendAllTextAsync(Path.Combine(_folder!.Path, ".local", "runs.jsonl"), $"{entry}\n");
}
