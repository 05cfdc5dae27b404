using Dispatcher.Plans;

namespace Dispatcher.Tests.Plans;

/// <summary>Plans of given changes.</summary>
internal static class PlanSample
{
    public static Change Delete(string target, string? evidence = "version=1") =>
        new("test:Delete", target) { Evidence = evidence, Reason = "old", Bytes = 3 };

    public static async Task<PlanFile> CreateAsync(params Change[] changes)
    {
        using var writer = new PlanWriter(PlanForgery.Header(), compresses: false, new MemoryStream());
        writer.Add(changes);
        var (_, contents) = writer.Complete(itemErrors: 2, complete: true);
        return await PlanFile.ReadAsync("memory:plan", contents);
    }
}
