using Dispatcher.Jobs.Postgres.Migrations;

namespace Dispatcher.Jobs.Postgres.Tests.Migrations;

public sealed class SqlStatementTests
{
    [TestCase("CREATE ROLE job LOGIN PASSWORD 'hunter2' IN ROLE app", "CREATE ROLE job LOGIN PASSWORD '…'")]
    [TestCase("alter user job password E'hunter2", "alter user job password '…'")]
    [TestCase("CREATE TABLE a (\n  id int)", "CREATE TABLE a (")]
    public void Title_OfAStatement_IsItsFirstLineWithoutAPassword(string text, string expected) =>
        Assert.That(new SqlStatement(text, Line: 1).Title, Is.EqualTo(expected));
}
