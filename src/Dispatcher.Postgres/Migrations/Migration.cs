using Dispatcher.Postgres.Sql;

namespace Dispatcher.Postgres.Migrations;

/// <summary>Is a SQL file that can be applied.</summary>
/// <param name="Name">Its name, for a report.</param>
/// <param name="Statements">Its statements, in order.</param>
public sealed record Migration(string Name, IReadOnlyList<SqlStatement> Statements);
