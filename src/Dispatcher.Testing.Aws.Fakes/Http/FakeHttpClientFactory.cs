using Amazon.Runtime;

namespace Dispatcher.Testing.Aws.Fakes.Http;

/// <summary>Gives a client of an AWS service its way to the fake.</summary>
internal sealed class FakeHttpClientFactory(HttpClient client) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => client;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
}
