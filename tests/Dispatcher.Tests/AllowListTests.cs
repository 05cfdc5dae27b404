namespace Dispatcher.Tests;

public sealed class AllowListTests
{
    [TestCase(null)]
    [TestCase("")]
    [TestCase("  ")]
    [TestCase(" , ,")]
    public void Read_NothingIsSet_IsNoList(string? text) => Assert.That(AllowList.Read(text), Is.Null);

    [TestCase("app.tasks.run", "app.tasks.run", true)]
    [TestCase("app.tasks.run", "app.tasks.run2", false)]
    [TestCase("app.tasks.run", "app.tasks", false)]
    [TestCase("app.tasks.run", "App.tasks.run", false)]
    [TestCase("app.tasks.*", "app.tasks.run", true)]
    [TestCase("app.tasks.*", "app.tasks.", true)]
    [TestCase("app.tasks.*", "app.tasks", false)]
    [TestCase("app.tasks.*", "xapp.tasks.run", false)]
    [TestCase("*", "anything", true)]
    [TestCase("*", "", true)]
    [TestCase("a*c", "abc", false)]
    [TestCase("a*c", "a*c", true)]
    [TestCase(" a , b* ,, c", "a", true)]
    [TestCase(" a , b* ,, c", "bb", true)]
    [TestCase(" a , b* ,, c", "c", true)]
    [TestCase(" a , b* ,, c", "d", false)]
    [TestCase("tag:Role=web", "tag:Role=web", true)]
    [TestCase("tag:Role=web", "tag:Role=web ", false)]
    public void Allows_Name_IsOnTheListOrBeginsLikeOneWithAStar(string text, string name, bool expected) =>
        Assert.That(AllowList.Read(text)!.Allows(name), Is.EqualTo(expected));

    [Test]
    public void ToString_List_IsWhatItAllows() => Assert.That(AllowList.Read(" a,b* ,")!.ToString(), Is.EqualTo("a, b*"));
}
