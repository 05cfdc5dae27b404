using System.Globalization;
using Amazon.Runtime;
using Dispatcher.Hosting;

namespace Dispatcher.Aws;

/// <summary>One call that waits for an answer, through all attempts of the SDK.</summary>
internal sealed class AwsWait : IDisposable
{
    /// <summary>The key under which the call's handlers share the wait.</summary>
    public const string Key = "Dispatcher.Aws.Wait";

    /// <summary>A body of this length may take longer than the first answer is waited for, on a slow line.</summary>
    private const long LongUpload = 1024 * 1024;

    private readonly AwsWaits _waits;
    private readonly IRequestContext _request;
    private readonly CancellationTokenSource _timeout;
    private readonly SlowCallNotice _notice;
    private Exception? _lastError;
    private TimeSpan _limit;
    private bool _isFirst;
    private bool _hasBegun;

    public AwsWait(AwsWaits waits, IRequestContext request)
    {
        _waits = waits;
        _request = request;
        var remaining = waits.First?.GetRemaining(waits.Service);
        _limit = remaining is null ? waits.Timeout : waits.First!.Time;
        _isFirst = remaining is not null;
        _timeout = new CancellationTokenSource(remaining ?? waits.Timeout, waits.TimeProvider);
        _notice = new SlowCallNotice(waits.Logger, waits.TimeProvider, Report, _isFirst ? waits.First!.Notice : null);
    }

    /// <summary>Gets the token that is canceled when the call has waited for too long.</summary>
    public CancellationToken Token => _timeout.Token;

    private string Call
    {
        get
        {
            var operation = AwsOperation.NameOf(_request.OriginalRequest);
            return Endpoint is null ? $"{_waits.Service} {operation}" : $"{_waits.Service} {operation} at {Endpoint}";
        }
    }

    private string Server => Endpoint is null ? _waits.Service : $"{_waits.Service} at {Endpoint}";

    private string? Endpoint => _request.Request?.Endpoint?.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>Notes that an attempt is sent.</summary>
    public void Begin()
    {
        _hasBegun = true;
        if (_isFirst && _request.Request?.ContentStream is { CanSeek: true, Length: > LongUpload })
        {
            // A long upload is slow although its service is there.
            Restart();
        }
    }

    /// <summary>Notes that the service has answered, with success or an error.</summary>
    public void Answer()
    {
        _lastError = null;
        _waits.First?.NoteAnswer(_waits.Service);
        Restart();
    }

    /// <summary>Notes that an attempt failed without an answer.</summary>
    public void Miss(Exception exception) => _lastError = exception;

    /// <summary>Creates the error of a call that has waited for too long.</summary>
    public TimeoutException ToException(Exception exception)
    {
        var why = _lastError is { } error ? $" (last error: {Reason(error)})" : string.Empty;
        return new TimeoutException(
            $"given up after {Seconds(_limit)}{(_hasBegun ? string.Empty : " without credentials to send the request")}{why}. "
            + $"To wait longer, set {AwsCallTimeout.Key}",
            _lastError ?? exception);
    }

    public void Dispose()
    {
        _notice.Dispose();
        _timeout.Dispose();
    }

    private void Restart()
    {
        (_isFirst, _limit) = (false, _waits.Timeout);
        _timeout.CancelAfter(_waits.Timeout);
        _notice.Restart();
    }

    private static string Reason(Exception exception) => exception.GetBaseException().Message.Trim().TrimEnd('.');

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s");

    private string? Report()
    {
        if (!_waits.IsNew(_request.OriginalRequest.GetType().Name))
        {
            return null;
        }

        if (_isFirst)
        {
            return $"Waiting for {Server} ({Seconds(_waits.First!.Notice)}). It is given up after {Seconds(_limit)}.";
        }

        var what = _hasBegun ? "has not answered" : "could not be sent (waiting for credentials)";
        var why = _lastError is { } error ? $" ({Reason(error)})" : string.Empty;
        return $"{Call} {what} for {Seconds(SlowCallNotice.Patience)}{why}. "
            + $"It is given up after {Seconds(_waits.Timeout)} without an answer ({AwsCallTimeout.Key}).";
    }
}
