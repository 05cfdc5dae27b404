using Dispatcher.Hosting;
using Npgsql;

namespace Dispatcher.Postgres.Tests;

public sealed class PostgresFailureRuleTests
{
    // Connections and servers that come back, other sessions that end.
    [TestCase("08000")]
    [TestCase("08001")]
    [TestCase("08003")]
    [TestCase("08004")]
    [TestCase("08006")]
    [TestCase("08007")]
    [TestCase("25P03")]
    [TestCase("25P04")]
    [TestCase("40001")]
    [TestCase("40P01")]
    [TestCase("53000")]
    [TestCase("53200")]
    [TestCase("53300")]
    [TestCase("55006")]
    [TestCase("55P03")]
    [TestCase("57014")]
    [TestCase("57P01")]
    [TestCase("57P02")]
    [TestCase("57P03")]
    [TestCase("57P05")]
    [TestCase("72000")]
    [TestCase("XX000", "tuple concurrently updated")]
    public void Classify_PassesByItself_IsTransient(string sqlState, string message = "words") =>
        Assert.That(Classify(sqlState, message).Kind, Is.EqualTo(FailureKind.Transient));

    // Limits, full disks, damage, mistakes: somebody has to act.
    [TestCase("08P01")]
    [TestCase("0A000")]
    [TestCase("22003")]
    [TestCase("23505")]
    [TestCase("25006")]
    [TestCase("25P02")]
    [TestCase("3D000")]
    [TestCase("3F000")]
    [TestCase("40002")]
    [TestCase("42601")]
    [TestCase("42704")]
    [TestCase("42883")]
    [TestCase("42P01")]
    [TestCase("53100")]
    [TestCase("53400")]
    [TestCase("54001")]
    [TestCase("55000")]
    [TestCase("55P02")]
    [TestCase("57P04")]
    [TestCase("58000")]
    [TestCase("58030")]
    [TestCase("58P01")]
    [TestCase("F0000")]
    [TestCase("HV00N")]
    [TestCase("P0001")]
    [TestCase("XX000")]
    [TestCase("XX001")]
    [TestCase("XX002")]
    public void Classify_StaysAsItIs_IsPermanentAndPromisesNothing(string sqlState)
    {
        var failure = Classify(sqlState, "words");

        Assert.That(failure.Kind, Is.EqualTo(FailureKind.Permanent));
        Assert.That(failure.Message, Does.StartWith($"PostgreSQL answered {sqlState}: words.").And.Not.Contains("in a moment"));
    }

    [Test]
    public void Classify_InsufficientPrivilege_IsDenied() => Assert.That(Classify("42501", "words").Kind, Is.EqualTo(FailureKind.Denied));

    [Test]
    public void Classify_WordsWithLineBreaks_AreOneLine() =>
        Assert.That(Classify("P0001", "one\ntwo\u202E").Message, Is.EqualTo(@"PostgreSQL answered P0001: one two\u202e."));

    private static Failure Classify(string sqlState, string message) =>
        new FailureClassifier([new PostgresFailureRule()]).Classify(new PostgresException(message, "ERROR", "ERROR", sqlState));
}
