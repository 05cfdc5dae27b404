using Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

namespace Dispatcher.Jobs.Postgres.Tests.MaterializedViewRefresh;

public sealed class ViewNameTests
{
    [TestCase("job_progress", "\"job_progress\"", "job_progress")]
    [TestCase("Public.Job_Progress", "\"public\".\"job_progress\"", "public.job_progress")]
    [TestCase("\"Odd Schema\".\"My\"\"View\"", "\"Odd Schema\".\"My\"\"View\"", "\"Odd Schema\".\"My\"\"View\"")]
    [TestCase("\"lower\"", "\"lower\"", "lower")]
    [TestCase("Élan$1", "\"Élan$1\"", "Élan$1")]
    [TestCase("\"a.b\".c", "\"a.b\".\"c\"", "\"a.b\".c")]
    public void TryParse_Name_IsQuotedAndShown(string text, string quoted, string shown)
    {
        Assert.That(ViewName.TryParse(text, out var name), Is.True);
        Assert.That(name!.Value.Quoted, Is.EqualTo(quoted));
        Assert.That(name.Value.ToString(), Is.EqualTo(shown));
    }

    [TestCase("")]
    [TestCase(".")]
    [TestCase("a.")]
    [TestCase(".a")]
    [TestCase("a.b.c")]
    [TestCase("1a")]
    [TestCase("a b")]
    [TestCase("a;b")]
    [TestCase("a--")]
    [TestCase("\"a")]
    [TestCase("\"\"")]
    [TestCase("\"a\"b")]
    [TestCase("\"a\0b\"")]
    [TestCase("a\" OR 1=1")]
    [TestCase("a23456789012345678901234567890123456789012345678901234567890abcd")]
    public void TryParse_NoName_IsRefused(string text) => Assert.That(ViewName.TryParse(text, out _), Is.False);

    [TestCase("reporting.*", "reporting")]
    [TestCase("Reporting.*", "reporting")]
    [TestCase("\"Odd.\"\"Schema\".*", "Odd.\"Schema")]
    public void TryParseSchema_WholeSchema_IsRead(string text, string expected)
    {
        Assert.That(ViewName.TryParseSchema(text, out var schema), Is.True);
        Assert.That(schema, Is.EqualTo(expected));
        Assert.That(ViewName.TryParse(text, out _), Is.False);
    }

    [TestCase("*")]
    [TestCase(".*")]
    [TestCase("a.b.*")]
    [TestCase("a.b*")]
    [TestCase("a.**")]
    [TestCase("a.* ")]
    [TestCase("a.\"*\"")]
    [TestCase("a23456789012345678901234567890123456789012345678901234567890abcd.*")]
    public void TryParseSchema_AnythingElse_IsRefused(string text) => Assert.That(ViewName.TryParseSchema(text, out _), Is.False);

    [TestCase("\"reporting\".*", "reporting.*")]
    [TestCase("REPORTING.Daily", "reporting.daily")]
    [TestCase("\"Odd\".*", "\"Odd\".*")]
    [TestCase("a.\"*\"", "a.\"*\"")]
    public void Normalize_Spellings_AreOne(string text, string expected) => Assert.That(ViewName.Normalize(text), Is.EqualTo(expected));
}
