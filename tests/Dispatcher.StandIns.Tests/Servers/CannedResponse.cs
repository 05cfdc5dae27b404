namespace Dispatcher.StandIns.Tests.Servers;

/// <summary>A response to give.</summary>
internal sealed record CannedResponse(int Status, string Body, params (string Name, string Value)[] Headers);
