using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dispatcher.Postgres;
using Dispatcher.Postgres.Sql;
using Dispatcher.Text;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>The parameters of <see cref="RefreshMaterializedViewJob"/>.</summary>
public sealed record RefreshMaterializedViewParameters : IValidatableObject
{
    /// <summary>The name of the log table if the parameter is omitted.</summary>
    public const string DefaultLogTable = "materialized_view_refresh_log";

    /// <summary>
    /// Gets the view, or the views; <c>reporting.*</c> is every materialized view of the schema. The stalest is refreshed first, and each
    /// after those of the list that it selects from.
    /// </summary>
    [Description("The view to refresh, schema.name, or schema.* for all of a schema, or a list of them. Quote odd names as in SQL.")]
    [Example("public.job_progress")]
    public required ViewNames View { get; init; }

    /// <summary>Gets or sets a value indicating whether the materialized views that select from these are refreshed as well.</summary>
    /// <value>The default value is <see langword="false"/>: a warning names them.</value>
    [Description("Refresh the materialized views that select from these too, directly or through other views.")]
    public bool Cascade { get; set; }

    /// <summary>Gets or sets a value indicating whether readers go on reading the old contents meanwhile.</summary>
    /// <value>The default value is <see langword="true"/>.</value>
    [Description("Refresh while others read. Needs a unique index on the view.")]
    public bool Concurrently { get; set; } = true;

    /// <summary>
    /// Gets or sets a value indicating whether a view without a usable unique index is refreshed plainly, which blocks its readers.
    /// </summary>
    /// <value>The default value is <see langword="false"/>: such a view fails.</value>
    [Description("If a view has no usable unique index, refresh it plainly, which blocks every reader meanwhile.")]
    public bool AllowPlainRefresh { get; set; }

    /// <summary>Gets or sets how long to wait for a lock that another session holds on the view, before the view is skipped.</summary>
    /// <value>The default value is 5 seconds.</value>
    [Description("How long to wait for a lock on the view before it is skipped.")]
    [Range(1, 600)]
    public int LockTimeoutSeconds { get; set; } = 5;

    /// <summary>
    /// Gets or sets a SELECT of one row of whole numbers. Its columns become counts: <c>total_jobs</c> becomes <c>totalJobs</c>.
    /// </summary>
    /// <value>
    /// The default value is <see langword="null"/>: the figures of <c>job_progress</c>, or the number of rows of any other view.
    /// </value>
    [Description("A SELECT of one row of whole numbers; its columns become counts of the result. Run read-only, once, after the views.")]
    public string? StatisticsQuery { get; set; }

    /// <summary>Gets or sets the table that keeps each view's last refresh, if it exists.</summary>
    /// <value>The default value is <c>materialized_view_refresh_log</c>.</value>
    [Description("The table that keeps each view's last refresh. Nothing is logged if it does not exist.")]
    public string LogTable { get; set; } = DefaultLogTable;

    /// <summary>Gets or sets the name of the database connection.</summary>
    /// <value>The default value is <see langword="null"/>: <c>DATABASE_URL</c>.</value>
    [Description("The database connection: 'scanner' is configured as DATABASE_URL_SCANNER. DATABASE_URL if it is omitted.")]
    [RegularExpression("^[A-Za-z][A-Za-z0-9_-]{0,30}$", ErrorMessage = "it must be a name of letters, digits, '-' and '_', never a URL.")]
    [Sensitive]
    public string? Connection { get; set; }

    /// <summary>Gets or sets the role whose rights the run uses.</summary>
    /// <value>The default value is <see langword="null"/>: the rights of the connection's user.</value>
    [Description(DatabaseJobs.RoleDescription)]
    [StringLength(63, MinimumLength = 1)]
    [RegularExpression(DatabaseJobs.RolePattern, ErrorMessage = DatabaseJobs.RoleMessage)]
    public string? Role { get; set; }

    /// <summary>Gets the options of the run's transactions.</summary>
    internal PostgresSessionOptions Session => new()
    {
        Connection = Connection, LockTimeout = TimeSpan.FromSeconds(LockTimeoutSeconds), Role = Role,
    };

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var text in View.Items.Where(text => !ViewName.TryParse(text, out _) && !ViewName.TryParseSchema(text, out _)))
        {
            yield return NotAName("view", text, ", or schema.* for all materialized views of a schema");
        }

        if (View.Items.Select(ViewName.Normalize).Distinct(StringComparer.Ordinal).Count() < View.Items.Count)
        {
            yield return new ValidationResult("Parameter 'view' lists a view twice. List each once.", ["view"]);
        }

        if (!ViewName.TryParse(LogTable, out _))
        {
            yield return NotAName("logTable", LogTable);
        }

        if (StatisticsQuery is not null && CheckStatisticsQuery(StatisticsQuery) is { } problem)
        {
            yield return new ValidationResult($"Parameter 'statisticsQuery' {problem} Give one SELECT.", ["statisticsQuery"]);
        }
    }

    private static ValidationResult NotAName(string parameter, string text, string alternative = "") => new(
        $"Parameter '{parameter}' is '{PrintableText.Truncate(text, 80)}', which is not the name of a relation. "
        + $"Write schema.name{alternative}, with other characters than letters, digits and _ in double quotes: "
        + "\"Odd Schema\".\"My View\".",
        [parameter]);

    private static string? CheckStatisticsQuery(string query)
    {
        IReadOnlyList<SqlStatement> statements;
        try
        {
            statements = SqlStatementSplitter.Split(query);
        }
        catch (FormatException exception)
        {
            return $"cannot be read: {exception.Message}";
        }

        return statements switch
        {
            [] => "is empty.",
            [{ Text: var text }] when FirstWord(text) is "SELECT" or "WITH" => null,
            [var only] => $"begins with {FirstWord(only.Text)}.",
            _ => $"holds {statements.Count} statements.",
        };
    }

    private static string FirstWord(string text) => string.Concat(text.TakeWhile(char.IsAsciiLetter)).ToUpperInvariant();
}
