using Dispatcher.Postgres.Migrations;
using Dispatcher.Postgres.Sql;

namespace Dispatcher.Postgres.Tests.Migrations;

public sealed class CreatedObjectTests
{
    [TestCase("CREATE TABLE t (id int)", "TABLE", "t")]
    [TestCase("create unlogged table if not exists s.\"T t\" (id int)", "TABLE", "s.\"T t\"")]
    [TestCase("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (id)", "INDEX", "i")]
    [TestCase("CREATE MATERIALIZED VIEW IF NOT EXISTS m AS SELECT 1", "MATERIALIZED VIEW", "m")]
    [TestCase("CREATE OR REPLACE VIEW v AS SELECT 1", "VIEW", "v")]
    public void Read_Create_NamesTheObject(string sql, string kind, string name) =>
        Assert.That(CreatedObject.Read(new SqlStatement(sql, 1)), Is.EqualTo(new CreatedObject(kind, name)));

    [TestCase("CREATE INDEX ON t (id)")]
    [TestCase("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'")]
    [TestCase("REFRESH MATERIALIZED VIEW m")]
    [TestCase("DROP TABLE t")]
    public void Read_NothingToLookUp_IsNothing(string sql) => Assert.That(CreatedObject.Read(new SqlStatement(sql, 1)), Is.Null);
}
