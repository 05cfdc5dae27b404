using Dispatcher.Postgres.Sql;

namespace Dispatcher.Postgres.Tests.Sql;

public sealed class SqlStatementSplitterTests
{
    [TestCase("SELECT 1", "SELECT 1")]
    [TestCase("SELECT 1;;\n;SELECT 2;", "SELECT 1", "SELECT 2")]
    [TestCase("SELECT ';' ; SELECT 'it''s;'", "SELECT ';'", "SELECT 'it''s;'")]
    [TestCase(@"SELECT E'\';' ; SELECT '\'; SELECT 3", @"SELECT E'\';'", @"SELECT '\'", "SELECT 3")]
    [TestCase("SELECT 1 AS \"a;b\"\"c\"; SELECT 2", "SELECT 1 AS \"a;b\"\"c\"", "SELECT 2")]
    [TestCase("-- a; b\nSELECT 1 -- c;\n, 2; /* d; /* e; */ f; */ SELECT 3", "SELECT 1 -- c;\n, 2", "SELECT 3")]
    [TestCase("DO $$ BEGIN; END $$; SELECT $x$ $$; $y$ $x$", "DO $$ BEGIN; END $$", "SELECT $x$ $$; $y$ $x$")]
    [TestCase("SELECT a$b, $1; SELECT 2", "SELECT a$b, $1", "SELECT 2")]
    [TestCase("CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3", "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; "
        + "SELECT 2)", "SELECT 3")]
    [TestCase("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END; SELECT 3",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END", "SELECT 3")]
    [TestCase("BEGIN; SELECT 1; END", "BEGIN", "SELECT 1", "END")]
    [TestCase("\uFEFFSELECT 1", "SELECT 1")]
    [TestCase("  -- nothing\n/* at all */ ")]
    public void Split_Text_GivesTheStatements(string sql, params string[] expected) =>
        Assert.That(SqlStatementSplitter.Split(sql).Select(statement => statement.Text), Is.EqualTo(expected));

    [Test]
    public void Split_Statements_KnowTheirLines() =>
        Assert.That(SqlStatementSplitter.Split("-- one\n\nSELECT 1;\n/*\n*/ "
            + "SELECT\n2;").Select(statement => statement.Line), Is.EqualTo([3, 5]));

    [TestCase("SELECT 1;\nSELECT 'open", "The quote that begins on line 2 does not end")]
    [TestCase("\n\n/* /* */", "The comment that begins on line 3 does not end")]
    [TestCase("DO $a$ $b$", "The quote $a$ that begins on line 1 does not end")]
    [TestCase("SELECT 1;\n\\i other.sql", "Line 2 is a psql command")]
    public void Split_CannotBeRead_NamesTheLine(string sql, string expected) =>
        Assert.That(() => SqlStatementSplitter.Split(sql), Throws.InstanceOf<FormatException>().With.Message.StartsWith(expected));
}
