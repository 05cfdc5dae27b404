using Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

namespace Dispatcher.Jobs.Postgres.Tests.MaterializedViewRefresh;

public sealed class StatisticsTests
{
    [TestCase("total_jobs", "totalJobs")]
    [TestCase("rows", "rows")]
    [TestCase("Total", "total")]
    [TestCase("sum_of_v", "sumOfV")]
    [TestCase("_x__y_", "xY")]
    public void CountName_Column_IsCamelCase(string column, string expected) =>
        Assert.That(Statistics.CountName(column), Is.EqualTo(expected));
}
