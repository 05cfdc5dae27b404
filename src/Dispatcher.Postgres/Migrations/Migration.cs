using Dispatcher.Postgres.Sql;

namespace Dispatcher.Postgres.Migrations;

/// <summary>A SQL file that can be applied.</summary>
/// <param name="Name">The file's name for a report.</param>
/// <param name="Statements">The statements, in order.</param>
public sealed record Migration(string Name, IReadOnlyList<SqlStatement> Statements);
