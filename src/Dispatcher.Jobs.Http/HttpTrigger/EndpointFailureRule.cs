namespace Dispatcher.Jobs.Http.HttpTrigger;

/// <summary>Knows failed calls: they carry their own classification.</summary>
internal sealed class EndpointFailureRule : IFailureRule
{
    public Failure? Classify(Exception exception) => (exception as EndpointException)?.Failure;
}
