using System.Globalization;
using Dispatcher.Hosting;
using Dispatcher.Limiting;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Tests.Limiting;

public sealed class LimitsInForceTests
{
    private static readonly IEnumerable<LimitKind> Kinds = LimitKind.All;

    private readonly ProblemList _problems = [];

    // Registration, the job's own setting, the setting for all jobs, payload; limit and its origin.
    [TestCase(null, null, null, null, null, null)]
    [TestCase(7, null, null, null, 7, "registration")]
    [TestCase(null, null, 5, null, 5, "{ALL}")]
    [TestCase(7, null, 5, null, 5, "{ALL}")]
    [TestCase(7, null, 9, null, 7, "registration")]
    [TestCase(7, 20, null, null, 20, "ROTATE_LOGS_{ALL}")]
    [TestCase(7, 3, null, null, 3, "ROTATE_LOGS_{ALL}")]
    [TestCase(null, 20, null, null, 20, "ROTATE_LOGS_{ALL}")]
    [TestCase(7, 20, 9, null, 9, "{ALL}")]
    [TestCase(7, 20, 30, null, 20, "ROTATE_LOGS_{ALL}")]
    [TestCase(null, null, null, 4, 4, "payload")]
    [TestCase(7, null, null, 4, 4, "payload")]
    [TestCase(7, 20, 9, 4, 4, "payload")]
    [TestCase(7, null, null, 7, 7, "registration")]
    [TestCase(7, null, null, 40, 7, "registration")]
    [TestCase(7, null, 5, 40, 5, "{ALL}")]
    [TestCase(7, 20, null, 40, 20, "ROTATE_LOGS_{ALL}")]
    public void Resolve_Sources_HaveTheirPrecedence(
        int? registered, int? own, int? global, int? requested, int? expected, string? origin)
    {
        foreach (var kind in Kinds)
        {
            var limits = Resolve(
                kind.With(ChangeLimits.None, registered),
                kind.With(ChangeLimits.None, requested),
                ($"ROTATE_LOGS_{kind.Setting}", $"{own}"),
                (kind.Setting, $"{global}"));

            Assert.That(kind.Get(limits.Values), Is.EqualTo((decimal?)expected), kind.Field);
            Assert.That(
                limits.Find(kind)?.Origin, Is.EqualTo(origin?.Replace("{ALL}", kind.Setting, StringComparison.Ordinal)), kind.Field);
            Assert.That(limits.Notes, Has.Count.EqualTo(requested > expected ? 1 : 0), kind.Field);
        }

        Assert.That(_problems, Is.Empty);
    }

    [TestCase("MAX_CHANGES", "0", "0")]
    [TestCase("MAX_CHANGES", " 25 ", "25")]
    [TestCase("MAX_CHANGES", "9223372036854775807", "9223372036854775807")]
    [TestCase("MAX_CHANGES_PERCENT", "0", "0")]
    [TestCase("MAX_CHANGES_PERCENT", "12.5", "12.5")]
    [TestCase("MAX_CHANGES_PERCENT", "100", "100")]
    [TestCase("MAX_BYTES", "0", "0")]
    [TestCase("MAX_CHANGES_PER_SECOND", "1", "1")]
    [TestCase("ROTATE_LOGS_MAX_BYTES", "1000", "1000")]
    public void Resolve_Setting_IsUnderstood(string setting, string value, string expected)
    {
        var limits = Resolve(ChangeLimits.None, ChangeLimits.None, (setting, value));

        var limit = limits.All.Single();
        Assert.That(limit.Value, Is.EqualTo(decimal.Parse(expected, CultureInfo.InvariantCulture)));
        Assert.That(limit.Origin, Is.EqualTo(setting));
        Assert.That(_problems, Is.Empty);
    }

    [TestCase("MAX_CHANGES", "-1", "a whole number from 0")]
    [TestCase("MAX_CHANGES", "1.5", "a whole number from 0")]
    [TestCase("MAX_CHANGES", "many", "a whole number from 0")]
    [TestCase("MAX_CHANGES", "99999999999999999999", "a whole number from 0")]
    [TestCase("MAX_CHANGES", "9223372036854775808", "a whole number from 0")]
    [TestCase("MAX_CHANGES_PERCENT", "-1", "a number from 0 to 100")]
    [TestCase("MAX_CHANGES_PERCENT", "100.01", "a number from 0 to 100")]
    [TestCase("MAX_CHANGES_PERCENT", "20%", "a number from 0 to 100")]
    [TestCase("MAX_CHANGES_PERCENT", "12,5", "a number from 0 to 100")]
    [TestCase("MAX_BYTES", "1 MB", "a whole number from 0")]
    [TestCase("MAX_CHANGES_PER_SECOND", "0", "a whole number from 1")]
    [TestCase("ROTATE_LOGS_MAX_CHANGES", "1e3", "a whole number from 0")]
    public void Resolve_OddSetting_IsAProblemAndCountsAsTheSmallest(string setting, string value, string range)
    {
        var limits = Resolve(ChangeLimits.None with { MaxChanges = 7 }, ChangeLimits.None, (setting, value));

        Assert.That(limits.All.Select(static limit => limit.Value), Does.Contain(0m));
        Assert.That(
            _problems, Is.EqualTo(new[] { $"The environment variable {setting} is '{value}'. Set it to {range}." }));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("  ")]
    public void Resolve_EmptySetting_IsNoLimit(string? value)
    {
        Assert.That(Resolve(ChangeLimits.None, ChangeLimits.None, ("MAX_CHANGES", value)).All, Is.Empty);
        Assert.That(_problems, Is.Empty);
    }

    [Test]
    public void Resolve_PayloadWantsMore_IsNoted() =>
        Assert.That(
            Resolve(ChangeLimits.None, new ChangeLimits { MaxChanges = 5_000 }, ("MAX_CHANGES", "1000")).Notes,
            Is.EqualTo(new[]
            {
                "The payload's limits.maxChanges of 5,000 changes has no effect, because the limit is 1,000 changes (MAX_CHANGES). "
                + "A payload can only lower a limit.",
            }));

    // Of two limits the smaller one applies, but both were given for the job.
    [TestCase(null, null, 5, null, false)]
    [TestCase(7, null, 5, null, true)]
    [TestCase(null, 9, 5, null, true)]
    [TestCase(null, null, 5, 5, true)]
    [TestCase(null, null, 5, 6, true)]
    [TestCase(null, null, 5, 4, true)]
    public void Resolve_ALimitOfTheJob_IsForThisJob(int? registered, int? own, int? global, int? requested, bool expected)
    {
        foreach (var kind in Kinds)
        {
            var limits = Resolve(
                kind.With(ChangeLimits.None, registered),
                kind.With(ChangeLimits.None, requested),
                ($"ROTATE_LOGS_{kind.Setting}", $"{own}"),
                (kind.Setting, $"{global}"));

            Assert.That(limits.Find(kind)!.IsForThisJob, Is.EqualTo(expected), kind.Field);
        }
    }

    [Test]
    public void Resolve_SeveralLimits_AreInTheOrderOfTheDocumentation() => Assert.That(
        Resolve(
            new ChangeLimits { MaxChangesPerSecond = 1, MaxBytes = 1 }, new ChangeLimits { MaxChanges = 1, MaxChangesPercent = 1 })
            .All.Select(static limit => limit.Kind),
        Is.EqualTo(LimitKind.All));

    [Test]
    public void SettingOf_EachKind_IsANameThatLambdaAllows()
    {
        foreach (var kind in Kinds)
        {
            Assert.That(kind.SettingOf("video-upload-cleanup2"), Does.Match("^VIDEO_UPLOAD_CLEANUP2_[A-Z_]+$"));
            Assert.That(kind.SettingOf("x"), Does.Match("^[A-Za-z][A-Za-z0-9_]+$"));
        }
    }

    private LimitsInForce Resolve(ChangeLimits registered, ChangeLimits requested, params (string Name, string? Value)[] settings) =>
        LimitsInForce.Resolve(
            "rotate-logs",
            registered,
            requested,
            new ConfigurationBuilder().AddInMemoryCollection(
                settings.Select(static setting => KeyValuePair.Create(setting.Name, setting.Value))).Build(),
            _problems);
}
