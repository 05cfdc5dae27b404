using System.Globalization;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Http.HttpTrigger;

/// <summary>Sends a call once, and tells a success from a failure that may pass and one that stays.</summary>
internal sealed class EndpointClient([FromKeyedServices(HttpTriggerBuilderExtensions.ClientKey)] HttpClient client, TimeProvider timeProvider)
{
    private const int MaxExcerptBytes = 2048;

    // A success is complete when its response is. More than this is not waited for, nor kept.
    private const int MaxSuccessBytes = 64 * 1024;

    // The status is known; nobody waits the whole timeout for the words that go with it.
    private static readonly TimeSpan ExcerptTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Sends the call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>The status, one of those that are a success.</returns>
    /// <exception cref="EndpointException">The call failed, or the endpoint gave another status.</exception>
    public async Task<int> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(call.Timeout, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var request = call.CreateRequest();
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token);
            var status = (int)response.StatusCode;
            if (!call.Expects(status))
            {
                throw await RefuseAsync(call, response, linked.Token);
            }

            await LimitedBody.ReadAsync(response, MaxSuccessBytes, linked.Token);
            return status;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw EndpointException.Transient($"{call} gave no complete answer within {call.Timeout.TotalSeconds:0} s (timeoutSeconds).");
        }
        catch (HttpRequestException exception) when (exception.InnerException is AuthenticationException)
        {
            throw EndpointException.Permanent(
                $"{call} failed: no TLS connection to {call.Url.Host} that can be trusted: {call.Mask.Apply(exception.InnerException.Message)} "
                + "Check the name in the URL and the server's certificate.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw EndpointException.Transient($"{call} failed: {call.Mask.Apply(exception.Message)}");
        }
    }

    private async Task<EndpointException> RefuseAsync(HttpCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var message = new StringBuilder($"{call} was answered {status}");
        if (response.Headers.Location is { } location)
        {
            message.Append(CultureInfo.InvariantCulture, $", Location: {call.Mask.Apply(location.OriginalString)}");
        }

        var retryAfter = RetryAfterOf(response);
        if (retryAfter is { } wait)
        {
            message.Append(CultureInfo.InvariantCulture, $", Retry-After: {wait.TotalSeconds:0} s");
        }

        message.Append(". ").Append(Remedy(status));
        if (await ReadExcerptAsync(call, response, cancellationToken) is { Length: > 0 } excerpt)
        {
            message.Append(" It said: ").Append(excerpt);
        }

        return IsTransient(status) ? EndpointException.Transient(message.ToString(), retryAfter) : EndpointException.Permanent(message.ToString());
    }

    private static bool IsTransient(int status) => status is 408 or 425 or 429 or >= 500;

    private static string Remedy(int status) => status switch
    {
        < 300 => "This is not among 'expectedStatus'.",
        < 400 => "Redirects are not followed, because a POST would become a GET: give the final URL, with its trailing slash.",
        401 or 403 => "Check 'secretHeader' and 'secret', and that the server holds the same key.",
        404 or 405 => "Check the URL, its trailing slash and the method.",
        408 or 425 or 429 or >= 500 => "This may pass.",
        _ => "Check the request.",
    };

    private TimeSpan? RetryAfterOf(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - timeProvider.GetUtcNow());
        return wait > TimeSpan.Zero ? wait : null;
    }

    /// <summary>Reads the beginning of what the endpoint said, without the secret and in one line.</summary>
    private async Task<string> ReadExcerptAsync(HttpCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(ExcerptTimeout, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        Memory<byte> body;
        try
        {
            // The secret may begin before the cut and end behind it: read that far, blot it out, then cut.
            body = await LimitedBody.ReadAsync(response, MaxExcerptBytes + call.Mask.LongestForm, linked.Token);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            return string.Empty;
        }

        call.Mask.Apply(body.Span);
        var text = Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, MaxExcerptBytes)]);
        return string.Create(text.Length, text, static (line, text) =>
        {
            for (var index = 0; index < line.Length; index++)
            {
                line[index] = char.IsControl(text[index]) ? ' ' : text[index];
            }
        }).Trim();
    }
}
