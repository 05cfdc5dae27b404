using Dispatcher.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Runs;

/// <summary>The services that a run uses.</summary>
/// <param name="Failures">The rules by which exceptions are classified.</param>
/// <param name="AuditSinks">The sinks of the audit trail.</param>
/// <param name="Progress">The receiver of progress reports.</param>
/// <param name="Logger">The log of the job.</param>
/// <param name="TimeProvider">The clock.</param>
/// <param name="Interrupt">The interrupt of the person who started the run, if there is one.</param>
internal sealed record RunServices(
    FailureClassifier Failures,
    IReadOnlyList<IAuditSink> AuditSinks,
    IProgress<JobProgress> Progress,
    ILogger Logger,
    TimeProvider TimeProvider,
    RunInterrupt? Interrupt = null);
