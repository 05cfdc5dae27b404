using System.Security.Authentication;
using Dispatcher.Hosting;
using Dispatcher.Http;
using Dispatcher.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Jobs.Http;

/// <summary>
/// A client that sends a call once, and distinguishes a success, a transient failure and a permanent one; a failure tells whether the
/// endpoint may have done its work.
/// </summary>
internal sealed class EndpointClient(
    [FromKeyedServices(GuardedHttpClient.Key)] HttpClient client, TimeProvider timeProvider, FirstAnswerLimit? first = null)
{
    // A success is complete when its response is. More than this is not waited for, nor kept.
    private const int MaxSuccessBytes = 64 * 1024;

    private const string NotRepeated = "The run does not repeat it (retry: connect).";

    /// <summary>Sends the call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="logger">Receives a warning if the endpoint is slow.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>The status, a success.</returns>
    /// <exception cref="TransientJobException">The call failed, and another attempt may succeed.</exception>
    /// <exception cref="PermanentJobException">The call failed, and no attempt would succeed.</exception>
    public async Task<int> SendAsync(HttpCall call, ILogger logger, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(call.Timeout, timeProvider);
        var host = call.Url.Authority;
        using var notice = Watch(call, host, logger);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var request = call.CreateRequest();
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token);
            first?.NoteAnswer(host);
            var status = (int)response.StatusCode;
            if (!call.Expects(status))
            {
                throw await RefusalAsync(call, response, linked.Token);
            }

            await ReceiveAsync(call, response, status, linked.Token);
            return status;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw AnswerLost(call, $"{call} gave no complete answer within {call.Timeout.TotalSeconds:0} s (timeoutSeconds).");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The handler's own limit, for opening a connection.
            throw Unreachable(host, $"{call} failed: no connection to {call.Url.Host} could be opened in time. Nothing was sent. "
                + "Check the host, the port and the network.");
        }
        catch (HttpRequestException exception) when (exception.InnerException is ForbiddenAddressException forbidden)
        {
            throw new PermanentJobException($"{call} failed: {call.Print(forbidden.Message)} Nothing was sent.");
        }
        catch (HttpRequestException exception) when (exception.InnerException is AuthenticationException tls)
        {
            throw new PermanentJobException(
                $"{call} failed: no TLS connection to {call.Url.Host} that can be trusted: {call.Print(tls.Message)} Nothing was sent. "
                + TlsFailure.Remedy(tls, call.Url.Host));
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ProxyTunnelError)
        {
            throw ProxyRefused(call, (int?)exception.StatusCode);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is HttpRequestError.NameResolutionError
            or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.VersionNegotiationError)
        {
            throw Unreachable(host, $"{call} failed: {Sentence(call, exception)} Nothing was sent.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw AnswerLost(call, $"{call} failed: {Sentence(call, exception)}");
        }
    }

    /// <summary>Receives the body of an answer with a success status, and judges it if the call has a rule for it.</summary>
    private static async Task ReceiveAsync(HttpCall call, HttpResponseMessage response, int status, CancellationToken cancellationToken)
    {
        if (call.ExpectedBody is not { } expected)
        {
            await LimitedBody.ReadAsync(response, MaxSuccessBytes, cancellationToken);
            return;
        }

        var body = await AnswerText.ReadAsync(response, ExpectedBody.MaxBytes, cancellationToken);
        if (expected.Problem(body) is { } problem)
        {
            var excerpt = AnswerExcerpt.Print(call, body.Text);
            throw new PermanentJobException(Redaction.Sentence(
                $"{call} was answered {status}, but its body {call.Print(problem)}. {call.RepetitionNote}"
                + (excerpt.Length > 0 ? $" It said: {excerpt}" : null))) { OutcomeUnknown = true };
        }
    }

    /// <summary>Starts the notice about a slow answer: an early one if the endpoint has never answered and a person is waiting.</summary>
    private SlowCallNotice Watch(HttpCall call, string host, ILogger logger)
    {
        var rest = $"It is given up after {call.Timeout.TotalSeconds:0} s (timeoutSeconds).";
        return first?.GetRemaining(host) is null
            ? new SlowCallNotice(logger, timeProvider, () => $"{call} has not been answered for 5 s. {rest}")
            : new SlowCallNotice(
                logger,
                timeProvider,
                () => $"Waiting for {call} ({first.Notice.TotalSeconds:0} s). {rest} "
                    + $"A connection is given up after {first.Time.TotalSeconds:0} s.",
                first.Notice);
    }

    /// <summary>Creates the exception for a connection that failed: another attempt may help, unless its time is spent.</summary>
    private Exception Unreachable(string host, string message) =>
        first is not null && first.IsSpent(host) ? new PermanentJobException(message) : new TransientJobException(message);

    /// <summary>Creates the exception for a status that is not a success.</summary>
    private async Task<Exception> RefusalAsync(HttpCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var location = AnswerLocation.Read(response, call.Url);
        var retryAfter = RetryAfterOf(response);
        var mayHaveBeenExecuted = AnswerStatus.MayHaveBeenExecuted(status);
        var excerpt = await AnswerExcerpt.ReadAsync(call, response, timeProvider, cancellationToken);
        var error = Redaction.Sentence(string.Concat(
            $"{call} was answered {status}",
            location is null ? null : $", Location: {call.Print(location.ToString())}",
            retryAfter is { } wait ? $", Retry-After: {wait.TotalSeconds:0} s" : null,
            $". {AnswerStatus.Remedy(status)}",
            location is { IsWithSlash: true } ? $" The server requires the trailing slash: {Redaction.Url(location.Url)}." : null,
            mayHaveBeenExecuted ? $" {call.RepetitionNote}" : null,
            call.RepeatsConnectionsOnly && AnswerStatus.IsTransient(status) ? $" {NotRepeated}" : null,
            excerpt.Length > 0 ? $" It said: {excerpt}" : null));
        return AnswerStatus.IsTransient(status) && !call.RepeatsConnectionsOnly
            ? new TransientJobException(error) { RetryAfter = retryAfter, OutcomeUnknown = mayHaveBeenExecuted }
            : new PermanentJobException(error) { OutcomeUnknown = mayHaveBeenExecuted };
    }

    private static Exception AnswerLost(HttpCall call, string message) => call.RepeatsConnectionsOnly
        ? new PermanentJobException($"{message} {call.RepetitionNote} {NotRepeated}") { OutcomeUnknown = true }
        : new TransientJobException($"{message} {call.RepetitionNote}") { OutcomeUnknown = true };

    /// <summary>Explains a proxy's refusal. The exception's message holds the proxy's URL, perhaps with a password.</summary>
    private static Exception ProxyRefused(HttpCall call, int? status)
    {
        var answer = status is null ? string.Empty : $" and answered {status}";
        var message = $"{call} failed: the proxy of the environment (HTTPS_PROXY) opened no tunnel to {call.Url.Host}{answer}. "
                      + "Nothing was sent. ";
        return status switch
        {
            407 => new PermanentJobException(
                message + "It requires a user and password: put them into HTTPS_PROXY, or add the host to NO_PROXY."),
            >= 400 and < 500 and not (408 or 429) =>
                new PermanentJobException(message + "Allow the host in the proxy, or add it to NO_PROXY."),
            _ => new TransientJobException(message + "This may pass."),
        };
    }

    private static string Sentence(HttpCall call, Exception exception) => $"{call.Print(exception.Message).TrimEnd('.')}.";

    private TimeSpan? RetryAfterOf(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - timeProvider.GetUtcNow());
        return wait > TimeSpan.Zero ? wait : null;
    }
}
