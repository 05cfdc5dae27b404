using System.Globalization;

namespace Dispatcher.Jobs.Postgres.DailyUptime;

/// <summary>The missing days: one change per user who gets days, and the totals.</summary>
internal sealed class UptimePlan
{
    private readonly List<Change> _changes = [];

    /// <summary>Gets how many users have an Uptime contribution.</summary>
    public long Users { get; private set; }

    /// <summary>Gets how many days are missing and have a multiplier.</summary>
    public long Added { get; private set; }

    /// <summary>Gets how many days are missing and have none.</summary>
    public long Skipped { get; private set; }

    /// <summary>Gets one change per user who gets days.</summary>
    public IReadOnlyList<Change> Changes => _changes;

    /// <summary>Adds a user. Changes name users by id: an e-mail address does not belong in a result or a log.</summary>
    public void Add(UserDays user)
    {
        Users++;
        Added += user.Added;
        Skipped += user.Skipped;
        if (user.Added > 0)
        {
            _changes.Add(new Change("postgres:INSERT", $"contributions_contribution user {user.UserId}")
            {
                Counter = "usersUpdated",
                Reason = user.Describe(),
                Evidence = string.Create(
                    CultureInfo.InvariantCulture,
                    $"rows={user.Added} first={user.First:yyyy-MM-dd} last={user.Last:yyyy-MM-dd} daysWithoutMultiplier={user.Skipped}"),
            });
        }
    }
}
