using NpgsqlTypes;

namespace Dispatcher.Postgres.Tests;

public sealed class SqlTextTests
{
    [Test]
    public void Interpolation_Values_BecomeNumberedParameters()
    {
        var id = 7;
        SqlText sql = $"SELECT {id}, {"a'b"}";

        Assert.That(sql.Text, Is.EqualTo("SELECT $1, $2"));
        Assert.That(sql.Values.Select(value => value.Value), Is.EqualTo(new object[] { 7, "a'b" }));
    }

    [Test]
    public void Interpolation_Sequence_BecomesOneArray()
    {
        IReadOnlyList<int> list = [1, 2];
        SqlText sql = $"{list} {list.Select(id => $"{id}")}";

        Assert.That(sql.Values.Select(value => value.Value), Is.EqualTo(new object[] { new[] { 1, 2 }, new[] { "1", "2" } }));
    }

    [Test]
    public void Interpolation_Format_NamesTheSqlType()
    {
        SqlText sql = $"{"{}":jsonb}";

        Assert.That(sql.Values.Single().NpgsqlDbType, Is.EqualTo(NpgsqlDbType.Jsonb));
    }

    [Test]
    public void Interpolation_TimeWithAnOffset_IsWrittenInUtc()
    {
        SqlText sql = $"{new DateTimeOffset(2026, 11, 22, 5, 0, 0, TimeSpan.FromHours(2))}";

        Assert.That(sql.Values.Single().Value, Is.EqualTo(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero)));
        Assert.That(((DateTimeOffset)sql.Values.Single().Value!).Offset, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Create_TextWithNumbers_KeepsThem()
    {
        var sql = SqlText.Create("SELECT $2, $1", SqlValue.Of(1), SqlValue.Of("b"));

        Assert.That(sql.Text, Is.EqualTo("SELECT $2, $1"));
        Assert.That(sql.Values.Count(), Is.EqualTo(2));
    }

    [Test]
    public void Wrap_KeepsTheNumbersOfTheValues()
    {
        SqlText sql = $"SELECT {1}";

        var wrapped = sql.Wrap("SELECT count(*) FROM (", ") AS due");

        Assert.That(wrapped.Text, Is.EqualTo("SELECT count(*) FROM (SELECT $1) AS due"));
        Assert.That(wrapped.Values.Single().Value, Is.EqualTo(1));
    }
}
