using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Dispatcher.Testing.Aws.Fakes.Http;

/// <summary>Formats answers of the protocol AWS JSON 1.0.</summary>
internal static class JsonAnswer
{
    public static HttpResponseMessage Make(HttpStatusCode status, JsonObject answer)
    {
        var content = new StringContent(answer.ToJsonString());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        return new HttpResponseMessage(status) { Content = content };
    }

    public static HttpResponseMessage Refuse(FakeServiceException exception, string prefix, string message)
    {
        var answer = new JsonObject { ["__type"] = $"{prefix}#{exception.Code}", [message] = exception.Message };
        foreach (var (name, value) in exception.Members)
        {
            answer[name] = value.DeepClone();
        }

        return Make(exception.Status, answer);
    }
}
