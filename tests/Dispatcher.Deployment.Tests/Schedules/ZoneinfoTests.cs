using System.Diagnostics;
using System.Globalization;
using Dispatcher.Deployment.Schedules;

namespace Dispatcher.Deployment.Tests.Schedules;

/// <summary>
/// Compares the moments of local times with Python's zoneinfo: 30 zones, 5 years, every quarter of an hour around each change of the clock,
/// and two times of each day.
/// </summary>
public sealed class ZoneinfoTests
{
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "Europe/London", "Europe/Dublin", "Europe/Lisbon", "Europe/Chisinau", "Europe/Istanbul",
        "Africa/Casablanca", "Africa/El_Aaiun", "Africa/Cairo", "Africa/Windhoek", "America/New_York", "America/Los_Angeles",
        "America/St_Johns", "America/Sao_Paulo", "America/Santiago", "America/Asuncion", "America/Havana", "America/Nuuk",
        "America/Scoresbysund", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran", "Asia/Beirut", "Asia/Gaza", "Asia/Jerusalem",
        "Australia/Lord_Howe", "Australia/Adelaide", "Pacific/Chatham", "Antarctica/Troll",
    ];

    private const string Script = """
        import sys
        from datetime import datetime, timedelta, timezone
        from zoneinfo import ZoneInfo
        hour = timedelta(hours=1)
        for name in sys.argv[1:]:
            zone = ZoneInfo(name)
            first, last = datetime(2024, 1, 1), datetime(2029, 1, 1)
            walls, moment, offset = set(), first.replace(tzinfo=timezone.utc), None
            while moment < last.replace(tzinfo=timezone.utc):
                local = moment.astimezone(zone)
                if offset is not None and local.utcoffset() != offset:
                    for quarter in range(-100, 101):
                        walls.add(local.replace(tzinfo=None, fold=0, minute=0) + timedelta(minutes=15 * quarter))
                if local.hour in (2, 14):
                    walls.add(local.replace(tzinfo=None, fold=0))
                offset = local.utcoffset()
                moment += hour
            for wall in sorted(walls):
                moments = []
                for fold in (0, 1):
                    moment = wall.replace(tzinfo=zone, fold=fold).astimezone(timezone.utc)
                    if moment.astimezone(zone).replace(tzinfo=None, fold=0) == wall and moment not in moments:
                        moments.append(moment)
                kind = ("Skipped", "Regular", "FirstOfTwo")[len(moments)]
                print(name, wall.isoformat(), min(moments).strftime("%Y-%m-%dT%H:%M:%SZ") if moments else "-", kind)
        """;

    [Test]
    public void ToFireTime_LocalTimes_AreTheMomentsOfPython()
    {
        var wrong = new List<string>();
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in Python(Script, Zones))
        {
            var fields = line.Split(' ');
            var (name, wall, moment, kind) = (fields[0], fields[1], fields[2], fields[3]);
            var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
            var time = DateTime.Parse(wall, CultureInfo.InvariantCulture);
            var fire = WallClock.ToFireTime(time, zone);
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            if ($"{fire.Kind}" != kind
                || (kind != "Skipped" && fire.At != DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture))
                || (kind != "Skipped" && WallClock.At(fire.At, zone) != time))
            {
                wrong.Add($"{line}, but was {fire.At.UtcDateTime:s} {fire.Kind}");
            }
        }

        Assert.That(wrong, Is.Empty, $"{wrong.Count} wrong:\n{string.Join('\n', wrong.Take(30))}");
        Assert.That(kinds.Keys, Is.EquivalentTo(new[] { "Regular", "FirstOfTwo", "Skipped" }), "every kind occurs");
        Assert.That(kinds.Values.Sum(), Is.GreaterThan(100_000));
    }

    private static string[] Python(string script, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("python3", ["-c", script, .. arguments]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
