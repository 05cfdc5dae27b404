namespace Dispatcher.Postgres.Migrations;

/// <summary>Says what applying a migration did.</summary>
/// <param name="Migration">The migration.</param>
/// <param name="Statements">How many statements were run.</param>
/// <param name="Created">What the migration creates and the server has, each as <c>INDEX job_progress_job_id_key</c>.</param>
/// <param name="Problems">What is missing or unusable, each with its remedy.</param>
public sealed record MigrationReport(string Migration, int Statements, IReadOnlyList<string> Created, IReadOnlyList<string> Problems);
