using System.Globalization;
using Dispatcher.IntegrationTests.Postgres.Servers;

namespace Dispatcher.IntegrationTests.Postgres.DailyUptime;

/// <summary>
/// Works the rules out the slow way - one user, one day, one entry at a time, in memory - and says what the tables must hold afterwards.
/// </summary>
internal sealed class UptimeReference
{
    private readonly List<Contribution> _contributions = [];
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<long, long?> _categoryOfType = [];
    private readonly Dictionary<long, (string Name, bool Visible)> _users = [];
    private readonly List<(long Id, decimal Value, DateTime From)> _multipliers = [];
    private long _uptime;

    public long Added { get; private set; }

    public long Skipped { get; private set; }

    public long EntriesUpdated { get; private set; }

    public long RanksChanged { get; private set; }

    public IEnumerable<string> Contributions => _contributions
        .Select(row => string.Create(
            CultureInfo.InvariantCulture, $"{row.User}|{row.Type}|{row.Points}|{row.Frozen}|{row.Date:yyyy-MM-dd HH:mm:ss.ffffff}"))
        .Order(StringComparer.Ordinal);

    public IEnumerable<string> Entries =>
        _entries.Select(row => $"{row.User}|{row.Category}|{row.Total}|{row.Rank}").Order(StringComparer.Ordinal);

    public static async Task<UptimeReference> LoadAsync(TestDatabase database)
    {
        var reference = new UptimeReference();
        foreach (var row in await ReadAsync(database, "SELECT id, category_id, name FROM contributions_contributiontype"))
        {
            reference._categoryOfType[Number(row[0])] = Optional(row[1]);
            reference._uptime = row[2] == "Uptime" ? Number(row[0]) : reference._uptime;
        }

        foreach (var row in await ReadAsync(database, "SELECT id, name, visible::text FROM users_user"))
        {
            reference._users[Number(row[0])] = (row[1], row[2] == "true");
        }

        foreach (var row in await ReadAsync(
                     database,
                     $"SELECT id, multiplier_value, to_char(valid_from AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') FROM "
                         + $"leaderboard_globalleaderboardmultiplier WHERE contribution_type_id = {reference._uptime}"))
        {
            reference._multipliers.Add((Number(row[0]), decimal.Parse(row[1], CultureInfo.InvariantCulture), Time(row[2])!.Value));
        }

        foreach (var row in await ReadAsync(
                     database,
                     "SELECT user_id, contribution_type_id, points, frozen_global_points, to_char(contribution_date AT TIME ZONE 'UTC', "
                         + "'YYYY-MM-DD HH24:MI:SS.US') FROM contributions_contribution"))
        {
            reference._contributions.Add(new(Number(row[0]), Number(row[1]), (int)Number(row[2]), (int)Number(row[3]), Time(row[4])));
        }

        foreach (var row in await ReadAsync(database, "SELECT user_id, category_id, total_points, rank FROM leaderboard_leaderboardentry"))
        {
            reference._entries.Add(new(Number(row[0]), Optional(row[1]), Number(row[2]), Optional(row[3])));
        }

        return reference;
    }

    public void Run(DateOnly until, int points, bool force)
    {
        var updated = new HashSet<long>();
        foreach (var user in _contributions.Where(row => row.Type == _uptime).Select(row => row.User).Distinct().ToList())
        {
            var present = _contributions.Where(row => row.User == user && row.Type == _uptime && row.Date is not null)
                .Select(row => DateOnly.FromDateTime(row.Date!.Value)).ToHashSet();
            for (var day = present.Count == 0 ? until.AddDays(1) : present.Min(); day <= until; day = day.AddDays(1))
            {
                if (!present.Contains(day))
                {
                    Add(user, day, points, force, updated);
                }
            }
        }

        foreach (var user in updated)
        {
            SumUp(user);
        }

        if (updated.Count > 0)
        {
            Rank();
        }
    }

    private void Add(long user, DateOnly day, int points, bool force, HashSet<long> updated)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var inForce = _multipliers.Where(row => row.From <= midnight).OrderBy(row => row.From).ThenBy(row => row.Id).Select(row =>
            (decimal?)row.Value).LastOrDefault();
        if ((inForce ?? (force ? 1.00m : null)) is not { } multiplier)
        {
            Skipped++;
            return;
        }

        var frozen = (int)Math.Round(points * (double)multiplier, MidpointRounding.ToEven);
        _contributions.Add(new(user, _uptime, points, frozen, midnight));
        updated.Add(user);
        Added++;
    }

    private void SumUp(long user)
    {
        var own = _contributions.Where(row => row.User == user).ToList();
        foreach (var category in own.Select(row => _categoryOfType[row.Type]).Append(null).Distinct())
        {
            var total = own.Where(row => category is null || _categoryOfType[row.Type] == category).Sum(row => (long)row.Frozen);
            if (_entries.Find(entry => entry.User == user && entry.Category == category) is not { } entry)
            {
                _entries.Add(new(user, category, total, null));
                EntriesUpdated++;
            }
            else if (entry.Total != total)
            {
                entry.Total = total;
                EntriesUpdated++;
            }
        }
    }

    private void Rank()
    {
        foreach (var group in _entries.GroupBy(entry => entry.Category))
        {
            var rank = 0;
            foreach (var entry in group.OrderByDescending(entry => entry.Total).ThenBy(entry =>
                _users[entry.User].Name, StringComparer.Ordinal).ThenBy(entry => entry.User))
            {
                long? place = _users[entry.User].Visible ? ++rank : null;
                RanksChanged += entry.Rank == place ? 0 : 1;
                entry.Rank = place;
            }
        }
    }

    private static async Task<IEnumerable<string[]>> ReadAsync(TestDatabase database, string sql) =>
        (await database.ReadRowsAsync(sql)).Select(row => row.Split('|'));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static long? Optional(string text) => text.Length == 0 ? null : Number(text);

    private static DateTime? Time(string text) => text.Length == 0 ? null : DateTime.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Contribution(long User, long Type, int Points, int Frozen, DateTime? Date);

    private sealed record Entry(long User, long? Category, long Total, long? Rank)
    {
        public long Total { get; set; } = Total;

        public long? Rank { get; set; } = Rank;
    }
}
