using System.Text;
using System.Text.Json;
using Dispatcher.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Http.Tests.Secrets;

/// <summary>Plants a secret in payloads and settings of every kind, and looks for it in everything that a run emits.</summary>
public sealed class PlantedSecretTests
{
    [Property(MaxTest = 2000, Arbitrary = [typeof(PlantedSecretArbitrary)], QuietOnSuccess = true)]
    public void Run_SecretInAPayloadOrASetting_IsEmittedNowhere(PlantedSecret planted)
    {
        ArgumentNullException.ThrowIfNull(planted);

        var emitted = EmitAsync(planted).GetAwaiter().GetResult();

        foreach (var form in FormsOf(planted.Secret))
        {
            Assert.That(emitted.Where(text => text.Contains(form, StringComparison.OrdinalIgnoreCase)), Is.Empty, $"{planted.Payload} {string.Join(' ', planted.Settings)}");
        }
    }

    private static async Task<IReadOnlyList<string>> EmitAsync(PlantedSecret planted)
    {
        var audit = new TextSink();
        await using var harness = HttpTriggerHarness.Create(
            new Dictionary<string, string?>(planted.Settings), configure: builder => builder.Services.AddSingleton<IAuditSink>(audit));
        var emitted = new List<string>();
        try
        {
            var summary = await harness.RunAsync(planted.Payload);
            emitted.Add(JsonSerializer.Serialize(summary, DispatcherJsonContext.Default.RunRecord));
            emitted.Add(summary.ToString());
            emitted.Add(summary.Status == JobStatus.Failed ? Assert.Throws<JobFailedException>(() => summary.EnsureSucceeded())!.ToString() : string.Empty);
        }
        catch (JobRequestException exception)
        {
            emitted.Add(exception.ToString());
            emitted.AddRange(exception.Problems);
        }

        emitted.AddRange(harness.Logs.Lines);
        emitted.AddRange(harness.Logs.Scopes.SelectMany(scope => scope).Select(pair => $"{pair.Key}={pair.Value}"));
        emitted.AddRange(harness.Metrics.Batches.Select(batch => $"{batch} {string.Join(',', batch.Values)} {string.Join(',', batch.Dimensions)}"));
        emitted.AddRange(harness.Progress.Reports.Select(report => report.ToString()));
        emitted.AddRange(audit.Lines);
        return emitted;
    }

    private static string[] FormsOf(string secret) =>
        [secret[..12], secret[^12..], Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), string.Concat(secret.Select(character => $@"\u{(int)character:x4}"))];

    private sealed class TextSink : IAuditSink
    {
        public List<string> Lines { get; } = [];

        public void Write(AuditEntry entry) => Lines.Add(Encoding.UTF8.GetString(AuditEntryJson.Serialize(entry).Span));

        public Task CompleteAsync(RunRecord summary, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
