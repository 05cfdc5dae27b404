using Dispatcher.Reporting.Estimates;
using Dispatcher.Tool.Commands;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Tool.Tests.Commands;

public sealed class StoragePricesTests
{
    [Test]
    public void AddTo_OptionAndConfiguration_TheOptionWins()
    {
        var prices = StoragePrices.AddTo(
            new PriceList(), ["0.5", "GLACIER=0.25"], Configure(("STANDARD_IA", "0.01"), ("GLACIER", "0.02")));

        Assert.That(
            new[] { "STANDARD", "STANDARD_IA", "GLACIER", "ONEZONE_IA" }.Select(prices.StorageOf),
            Is.EqualTo(new[] { 0.5, 0.01, 0.25, 0.01 }));
        Assert.That(prices.StorageGigabyteMonth, Is.EqualTo(0.5));
    }

    [TestCase("-1")]
    [TestCase("1001")]
    [TestCase("cheap")]
    public void AddTo_ConfigurationIsNoPrice_NamesTheSetting(string price)
    {
        var refused = Assert.Throws<BadInputException>(() => StoragePrices.AddTo(new PriceList(), [], Configure(("GLACIER", price))));

        Assert.That(refused!.Message, Does.Contain("StoragePrices:GLACIER").And.Contain(price));
    }

    [TestCase("0.023", true)]
    [TestCase("STANDARD_IA=0.0125", true)]
    [TestCase("STANDARD_IA=", false)]
    [TestCase("=1", false)]
    [TestCase("standard=1", false)]
    [TestCase("A=1=2", false)]
    [TestCase("-1", false)]
    [TestCase("STANDARD=NaN", false)]
    public void Option_Price_IsChecked(string text, bool isValid)
    {
        var option = StoragePrices.CreateOption();
        var command = new System.CommandLine.Command("report") { option };

        Assert.That(command.Parse(["--storage-price", text]).Errors, isValid ? Is.Empty : Has.Count.EqualTo(1));
    }

    private static IConfiguration Configure(params (string Name, string Value)[] prices) => new ConfigurationBuilder()
        .AddInMemoryCollection(prices.Select(static price => KeyValuePair.Create($"StoragePrices:{price.Name}", (string?)price.Value)))
        .Build();
}
