using Dispatcher.Hosting;

namespace Dispatcher.Lambda;

/// <summary>A sink that writes the record of each run as one line of JSON.</summary>
internal sealed class LambdaRunSink(LambdaOutput output) : IRunSink
{
    public bool IsImmediate => true;

    public Task WriteAsync(RunRecord record, CancellationToken cancellationToken)
    {
        output.WriteLine(SizeLimitedRecord.Fit(record, LambdaOutput.MaxLineLength).Utf8.Span);
        return Task.CompletedTask;
    }
}
