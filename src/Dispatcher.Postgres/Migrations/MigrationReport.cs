namespace Dispatcher.Postgres.Migrations;

/// <summary>The result of applying a migration.</summary>
/// <param name="Migration">The migration.</param>
/// <param name="Statements">How many statements were run.</param>
/// <param name="Created">The objects that the migration creates and the server has, each as <c>INDEX job_progress_job_id_key</c>.</param>
/// <param name="Problems">The objects that are missing or unusable, each with its remedy.</param>
public sealed record MigrationReport(string Migration, int Statements, IReadOnlyList<string> Created, IReadOnlyList<string> Problems);
