namespace Dispatcher.Deployment.Tests.Schedules;

/// <summary>Compares random expressions with <see cref="CronOracle"/>, which tries every minute.</summary>
public sealed class CronDifferentialTests
{
    /// <summary>Long enough for a leap day, and for years that are left out.</summary>
    private const int Days = 1500;
    private const int Times = 40;

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void After_RandomExpressions_AreThoseOfTheOracle(int seed)
    {
        var random = new Random(seed);
        var expressions = new RandomCron(random);
        var wrong = new List<string>();
        var fired = 0;
        for (var count = 0; count < 500; count++)
        {
            var text = expressions.Next();
            var from = new DateTime(2025, 1, 1).AddMinutes(random.Next(0, 400 * 24 * 60));
            var expected = new CronOracle(text).Times(from, Days).Take(Times).ToList();
            var actual = Expressions.Read(text).After(new DateTimeOffset(from, TimeSpan.Zero), TimeZoneInfo.Utc, start: null)
                .Select(static fire => fire.At.DateTime).TakeWhile(time => time < from.Date.AddDays(Days)).Take(Times).ToList();
            fired += expected.Count > 0 ? 1 : 0;
            if (!expected.SequenceEqual(actual))
            {
                var at = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
                wrong.Add($"{text} after {from:s}: expected {expected.ElementAtOrDefault(at):s}, was {actual.ElementAtOrDefault(at):s}");
            }
        }

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong.Take(20)));
        Assert.That(fired, Is.GreaterThan(300), "expressions that fire");
    }
}
