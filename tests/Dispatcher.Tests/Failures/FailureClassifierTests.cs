using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Dispatcher.Hosting;
using Moq;

namespace Dispatcher.Tests.Failures;

public sealed class FailureClassifierTests
{
    private static readonly TestCaseData<Exception, FailureKind>[] Known =
    [
        new(new TimeoutException(), FailureKind.Transient),
        new(new SocketException((int)SocketError.ConnectionRefused), FailureKind.Transient),
        new(new HttpRequestException("reset"), FailureKind.Transient),
        new(new HttpRequestException("?", null, HttpStatusCode.RequestTimeout), FailureKind.Transient),
        new(new HttpRequestException("?", null, (HttpStatusCode)425), FailureKind.Transient),
        new(new HttpRequestException("?", null, HttpStatusCode.TooManyRequests), FailureKind.Transient),
        new(new HttpRequestException("?", null, HttpStatusCode.ServiceUnavailable), FailureKind.Transient),
        new(new HttpRequestException("?", null, HttpStatusCode.InternalServerError), FailureKind.Transient),
        new(new HttpRequestException("?", null, HttpStatusCode.Unauthorized), FailureKind.Permanent),
        new(new HttpRequestException("?", null, HttpStatusCode.MovedPermanently), FailureKind.Permanent),
        new(new HttpRequestException("tls", new AuthenticationException("wrong name")), FailureKind.Permanent),
        new(new TaskCanceledException("HttpClient.Timeout", new TimeoutException()), FailureKind.Transient),
        new(new OperationCanceledException(), FailureKind.Permanent),
        new(new HttpIOException(HttpRequestError.ResponseEnded), FailureKind.Transient),
        new(new IOException("cut", new SocketException()), FailureKind.Transient),
        new(new IOException("disk full"), FailureKind.Permanent),
        new(Mock.Of<DbException>(exception => exception.IsTransient == true), FailureKind.Transient),
        new(Mock.Of<DbException>(exception => exception.IsTransient == false), FailureKind.Permanent),
        new(new InvalidOperationException(), FailureKind.Permanent),
        new(new PermanentJobException("no", new TimeoutException()), FailureKind.Permanent),
        new(new AggregateException(new AggregateException(new TimeoutException())), FailureKind.Transient),
        new(new AggregateException(new TimeoutException(), new TimeoutException()), FailureKind.Permanent),
    ];

    [TestCaseSource(nameof(Known))]
    public void Classify_KnownException_SaysWhatMayBeDone(Exception exception, FailureKind kind) =>
        Assert.That(new FailureClassifier([]).Classify(exception).Kind, Is.EqualTo(kind));

    [Test]
    public void Classify_FirstRuleThatKnows_Decides()
    {
        var silent = Mock.Of<IFailureRule>();
        var first = Mock.Of<IFailureRule>(rule => rule.Classify(It.IsAny<Exception>()) == new Failure(FailureKind.Denied, "first", true));
        var second = Mock.Of<IFailureRule>(
            rule => rule.Classify(It.IsAny<Exception>()) == new Failure(FailureKind.Transient, "second", true));

        Assert.That(new FailureClassifier([silent, first, second]).Classify(new TimeoutException()).Message, Is.EqualTo("first"));
    }

    [Test]
    public void Classify_PermanentJobException_IsWordedByItselfAndAsksNoRule()
    {
        var rule = Mock.Of<IFailureRule>(rule => rule.Classify(It.IsAny<Exception>()) == new Failure(FailureKind.Transient, "rule", false));

        Assert.That(
            new FailureClassifier([rule]).Classify(new PermanentJobException("Do this.")),
            Is.EqualTo(new Failure(FailureKind.Permanent, "Do this.", HasUserMessage: true)));
    }

    [Test]
    public void Classify_TransientJobException_IsWordedByItselfAndKeepsItsPause() => Assert.That(
        new FailureClassifier([]).Classify(new TransientJobException("Later.") { RetryAfter = TimeSpan.FromSeconds(7) }),
        Is.EqualTo(new Failure(FailureKind.Transient, "Later.", HasUserMessage: true) { RetryAfter = TimeSpan.FromSeconds(7) }));

    [Test]
    public void Classify_JobDoesNotKnowTheOutcome_IsUnknown([Values] bool isUnknown)
    {
        var failures = new FailureClassifier([]);
        var permanent = failures.Classify(new PermanentJobException("No.") { OutcomeUnknown = isUnknown });
        var transient = failures.Classify(new TransientJobException("No.") { OutcomeUnknown = isUnknown });

        Assert.That((permanent.OutcomeUnknown, transient.OutcomeUnknown), Is.EqualTo((isUnknown, isUnknown)));
    }

    [Test]
    public void Classify_NoMessage_IsTheType() => Assert.That(
        new FailureClassifier([]).Classify(new InvalidOperationException(" ")).Message, Is.EqualTo("InvalidOperationException"));

    [Test]
    public void Classify_UnknownException_NamesItsType() =>
        Assert.That(
            new FailureClassifier([]).Classify(new InvalidOperationException("odd")),
            Is.EqualTo(new Failure(FailureKind.Permanent, "InvalidOperationException: odd")));

    private static readonly TestCaseData<Exception, bool>[] Answers =
    [
        new(new TimeoutException(), true),
        new(new TaskCanceledException("slow", new TimeoutException()), true),
        new(new HttpIOException(HttpRequestError.ResponseEnded), true),
        new(new IOException("cut", new SocketException((int)SocketError.ConnectionReset)), true),
        new(new HttpRequestException("cut"), true),
        new(new HttpRequestException("error", null, HttpStatusCode.BadGateway), true),
        new(new HttpRequestException("error", null, HttpStatusCode.InternalServerError), true),
        new(new HttpRequestException("error", null, HttpStatusCode.GatewayTimeout), true),
        new(new HttpRequestException("busy", null, HttpStatusCode.ServiceUnavailable), false),
        new(new HttpRequestException("refused", null, HttpStatusCode.Forbidden), false),
        new(new HttpRequestException(HttpRequestError.NameResolutionError), false),
        new(new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused)), false),
        new(new SocketException((int)SocketError.ConnectionRefused), false),
        new(new InvalidOperationException(), false),
    ];

    [TestCaseSource(nameof(Answers))]
    public void Classify_AnswerLost_OutcomeIsUnknown(Exception exception, bool expected) =>
        Assert.That(new FailureClassifier([]).Classify(exception).OutcomeUnknown, Is.EqualTo(expected));

    [Test]
    public void Classify_MessageOfALibrary_IsOneLineWithoutSecrets() =>
        Assert.That(
            new FailureClassifier([]).Classify(new FormatException("Password=abc\nREPORT \u001b[31m")).Message,
            Is.EqualTo(@"FormatException: Password=*** REPORT \u001b[31m"));
}
