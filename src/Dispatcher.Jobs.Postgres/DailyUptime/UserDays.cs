using System.Globalization;
using Npgsql;

namespace Dispatcher.Jobs.Postgres.DailyUptime;

/// <summary>The days that one user lacks.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Added">How many days are added.</param>
/// <param name="Skipped">How many days have no multiplier.</param>
/// <param name="First">The first day that is added.</param>
/// <param name="Last">The last day that is added.</param>
internal readonly record struct UserDays(long UserId, long Added, long Skipped, DateOnly? First, DateOnly? Last)
{
    public static UserDays Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetFieldValue<DateOnly?>(3), row.GetFieldValue<DateOnly?>(4));

    public string Describe()
    {
        var added = Added == 0
            ? "0 days"
            : string.Create(CultureInfo.InvariantCulture, $"{Added} days from {First:yyyy-MM-dd} to {Last:yyyy-MM-dd}");
        return Skipped == 0 ? added : $"{added}, {Skipped} skipped without a multiplier";
    }
}
