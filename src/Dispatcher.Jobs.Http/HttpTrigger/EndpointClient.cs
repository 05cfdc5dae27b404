using System.Globalization;
using System.Security.Authentication;
using System.Text;
using Dispatcher.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Jobs.Http.HttpTrigger;

/// <summary>
/// Sends a call once, and tells apart a success, a failure that may pass, one that stays, and one after which nobody knows whether the
/// endpoint has done its work.
/// </summary>
internal sealed class EndpointClient([FromKeyedServices(HttpTriggerBuilderExtensions.ClientKey)] HttpClient client, TimeProvider timeProvider)
{
    // A success is complete when its response is. More than this is not waited for, nor kept.
    private const int MaxSuccessBytes = 64 * 1024;

    /// <summary>Sends the call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="logger">Receives a warning if the endpoint is slow.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>The status, one of those that are a success.</returns>
    /// <exception cref="EndpointException">The call failed, or the endpoint gave another status.</exception>
    public async Task<int> SendAsync(HttpCall call, ILogger logger, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(call.Timeout, timeProvider);
        using var notice = new SlowCallNotice(
            logger, timeProvider, () => $"{call} has not been answered for 5 s. It is given up after {call.Timeout.TotalSeconds:0} s (timeoutSeconds).");
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
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw AnswerLost(call, $"{call} gave no complete answer within {call.Timeout.TotalSeconds:0} s (timeoutSeconds).");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The handler's own limit, for opening a connection.
            throw EndpointException.Transient($"{call} failed: no connection to {call.Url.Host} could be opened in time. Nothing was sent. Check the host, the port and the network.");
        }
        catch (HttpRequestException exception) when (exception.InnerException is AuthenticationException tls)
        {
            throw EndpointException.Permanent(
                $"{call} failed: no TLS connection to {call.Url.Host} that can be trusted: {call.Print(tls.Message)} Nothing was sent. {TlsFailure.Remedy(tls, call.Url.Host)}");
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ProxyTunnelError)
        {
            throw ProxyRefused(call, exception);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.VersionNegotiationError)
        {
            throw EndpointException.Transient($"{call} failed: {Sentence(call, exception)} Nothing was sent.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw AnswerLost(call, $"{call} failed: {Sentence(call, exception)}");
        }
    }

    private async Task<EndpointException> RefuseAsync(HttpCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var message = new StringBuilder($"{call} was answered {status}");
        var location = PrintedUrl.Resolve(response.Headers.Location, call.Url);
        if (location is not null)
        {
            message.Append(CultureInfo.InvariantCulture, $", Location: {call.Print(PrintedUrl.Relative(location, call.Url))}");
        }

        var retryAfter = RetryAfterOf(response);
        if (retryAfter is { } wait)
        {
            message.Append(CultureInfo.InvariantCulture, $", Retry-After: {wait.TotalSeconds:0} s");
        }

        message.Append(". ").Append(AnswerStatus.Remedy(status));
        if (PrintedUrl.IsWithSlash(location, call.Url))
        {
            message.Append(CultureInfo.InvariantCulture, $" The server wants the trailing slash: {PrintedUrl.Of(location!)}.");
        }

        if (AnswerStatus.MayHaveBeenExecuted(status))
        {
            message.Append(' ').Append(call.RepetitionNote);
        }

        if (await AnswerExcerpt.ReadAsync(call, response, timeProvider, cancellationToken) is { Length: > 0 } excerpt)
        {
            message.Append(" It said: ").Append(excerpt);
        }

        return new EndpointException(new Failure(AnswerStatus.IsTransient(status) ? FailureKind.Transient : FailureKind.Permanent, message.ToString(), HasUserMessage: true)
        {
            RetryAfter = retryAfter,
            OutcomeUnknown = AnswerStatus.MayHaveBeenExecuted(status),
        });
    }

    private static EndpointException AnswerLost(HttpCall call, string message) =>
        new(new Failure(FailureKind.Transient, $"{message} {call.RepetitionNote}", HasUserMessage: true) { OutcomeUnknown = true });

    /// <summary>Explains a proxy's refusal. The exception's own words hold the proxy's URL, perhaps with a password.</summary>
    private static EndpointException ProxyRefused(HttpCall call, HttpRequestException exception)
    {
        var message = $"{call} failed: the proxy of the environment (HTTPS_PROXY) opened no tunnel to {call.Url.Host}"
                      + (exception.StatusCode is { } status ? $" and answered {(int)status}" : string.Empty)
                      + ". Nothing was sent. ";
        return (int?)exception.StatusCode is >= 400 and < 500 and not (408 or 429) and var code
            ? EndpointException.Permanent(message + (code == 407
                ? "It wants a user and password: put them into HTTPS_PROXY, or add the host to NO_PROXY."
                : "Allow the host in the proxy, or add it to NO_PROXY."))
            : EndpointException.Transient(message + "This may pass.");
    }

    private static string Sentence(HttpCall call, Exception exception) => $"{call.Print(exception.Message).TrimEnd('.')}.";

    private TimeSpan? RetryAfterOf(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - timeProvider.GetUtcNow());
        return wait > TimeSpan.Zero ? wait : null;
    }
}
