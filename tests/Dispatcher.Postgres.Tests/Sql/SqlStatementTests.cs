using Dispatcher.Postgres.Sql;

namespace Dispatcher.Postgres.Tests.Sql;

public sealed class SqlStatementTests
{
    [TestCase("CREATE ROLE job LOGIN PASSWORD 'hunter2' IN ROLE app", "CREATE ROLE job LOGIN PASSWORD '…'")]
    [TestCase("alter user job password E'hunter2", "alter user job password '…'")]
    [TestCase("CREATE SUBSCRIPTION s CONNECTION 'host=db password=hunter2' PUBLICATION p", "CREATE SUBSCRIPTION s CONNECTION 'host=db "
        + "password '…'")]
    [TestCase("SELECT dblink_connect('postgres://jobs:hunter2@db/app')", "SELECT dblink_connect('postgres:// '…'")]
    [TestCase("CREATE TABLE a (\n  id int)", "CREATE TABLE a (")]
    public void Title_OfAStatement_IsItsFirstLineWithoutAPassword(string text, string expected) =>
        Assert.That(new SqlStatement(text, Line: 1).Title, Is.EqualTo(expected));

    [TestCase("CREATE ROLE job LOGIN\n  PASSWORD hunter2", true)]
    [TestCase("CREATE USER MAPPING FOR job SERVER s OPTIONS (user 'u',\n password 'hunter2')", true)]
    [TestCase("CREATE TABLE a (id int)", false)]
    public void HoldsSecret_OfAStatement_LooksAtAllOfItsLines(string text, bool expected) =>
        Assert.That(new SqlStatement(text, Line: 1).HoldsSecret, Is.EqualTo(expected));
}
