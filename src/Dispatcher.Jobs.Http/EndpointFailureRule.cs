using Dispatcher.Failures;

namespace Dispatcher.Jobs.Http;

/// <summary>Knows failed calls: they carry their own classification.</summary>
internal sealed class EndpointFailureRule : IFailureRule
{
    public Failure? Classify(Exception exception) => (exception as EndpointException)?.Failure;
}
