using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dispatcher.Jobs.Postgres.DailyUptime;

/// <summary>The parameters of <see cref="DailyUptimeJob"/>.</summary>
public sealed record DailyUptimeParameters
{
    /// <summary>Gets or sets how many points a day is worth, before the multiplier.</summary>
    /// <value>The default value is 1.</value>
    [Description("How many points a day is worth, before the multiplier.")]
    [Range(0, int.MaxValue)]
    public int Points { get; set; } = 1;

    /// <summary>Gets or sets a value indicating whether days without a multiplier get 1.00 instead of being skipped.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    [Description("Give days without a multiplier the multiplier 1.00 instead of skipping them.")]
    public bool Force { get; set; }

    /// <summary>Gets or sets the last day to fill in, UTC.</summary>
    /// <value>The default value is <see langword="null"/>: today.</value>
    [Description("The last day to fill in, UTC; today if it is omitted.")]
    public DateOnly? Until { get; set; }

    /// <summary>Gets or sets a value indicating whether each user's days are logged.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    [Description("Log each user's days.")]
    public bool Verbose { get; set; }

    /// <summary>Gets or sets the name of the database connection.</summary>
    /// <value>The default value is <see langword="null"/>: <c>DATABASE_URL</c>.</value>
    [Description("The database connection: 'main' is configured as DATABASE_URL_MAIN. DATABASE_URL if it is omitted.")]
    [RegularExpression("^[A-Za-z][A-Za-z0-9_-]{0,30}$", ErrorMessage = "it must be a name of letters, digits, '-' and '_', never a URL.")]
    [Sensitive]
    public string? Connection { get; set; }

    /// <summary>Gets or sets the role whose rights the run uses.</summary>
    /// <value>The default value is <see langword="null"/>: the rights of the connection's user.</value>
    [Description(DatabaseJobs.RoleDescription)]
    [StringLength(63, MinimumLength = 1)]
    [RegularExpression(DatabaseJobs.RolePattern, ErrorMessage = DatabaseJobs.RoleMessage)]
    public string? Role { get; set; }

    /// <summary>Gets or sets how long the run waits for a row that another session has locked.</summary>
    /// <value>The default value is 10 seconds.</value>
    [Description("How long to wait for a row that another session has locked.")]
    [Range(1, 600)]
    public int LockTimeoutSeconds { get; set; } = 10;
}
