using System.CommandLine;
using System.Globalization;
using Dispatcher.Reporting.Estimates;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Tool.Commands;

/// <summary>The prices of storage, from <c>--storage-price</c>, the configuration and the list prices, in this order.</summary>
internal static class StoragePrices
{
    /// <summary>The section of the configuration with a price for each storage class.</summary>
    public const string Section = "StoragePrices";

    /// <summary>The highest price of an option.</summary>
    public const double Highest = 1000;

    private const string Name = "--storage-price";

    /// <summary>Creates the option.</summary>
    /// <returns>The option.</returns>
    public static Option<string[]> CreateOption()
    {
        var option = new Option<string[]>(Name)
        {
            Description = "US dollars per GB-month of STANDARD (default: 0.023), or of a class: STANDARD_IA=0.0125. Can be repeated.",
            HelpName = "PRICE",
        };
        option.Validators.Add(result =>
        {
            foreach (var text in result.Tokens.Select(static token => token.Value))
            {
                if (Parse(text) is null)
                {
                    result.AddError(
                        $"'{text}' is not a price. Set '{Name}' to an amount of US dollars from 0 to {Highest}, such as 0.023, or to "
                        + "CLASS=AMOUNT, such as STANDARD_IA=0.0125.");
                }
            }
        });
        return option;
    }

    /// <summary>Adds prices to a list.</summary>
    /// <param name="prices">The list.</param>
    /// <param name="given">What followed each <c>--storage-price</c>.</param>
    /// <param name="configuration">The configuration.</param>
    /// <returns>The list with these prices.</returns>
    /// <exception cref="BadInputException">The configuration has a price that cannot be one.</exception>
    public static PriceList AddTo(PriceList prices, IEnumerable<string> given, IConfiguration configuration)
    {
        var classes = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var setting in configuration.GetSection(Section).GetChildren())
        {
            var (name, price) = Parse($"{setting.Key.ToUpperInvariant()}={setting.Value}") ?? throw new BadInputException(
                $"The setting {Section}:{setting.Key} is '{setting.Value}'. Set it to US dollars per GB-month, from 0 to {Highest}.");
            classes[name] = price;
        }

        foreach (var (name, price) in given.Select(text => Parse(text)!.Value))
        {
            classes[name] = price;
        }

        return classes.TryGetValue(StorageClassPrice.Standard, out var standard)
            ? prices with { StorageGigabyteMonth = standard, StorageClasses = classes }
            : prices with { StorageClasses = classes };
    }

    private static (string Name, double Price)? Parse(string text)
    {
        var (name, amount) = text.Split('=') switch
        {
            [var only] => (StorageClassPrice.Standard, only),
            [{ Length: > 0 } storageClass, var price] when storageClass.All(static c => char.IsAsciiLetterUpper(c) || c == '_')
                => (storageClass, price),
            _ => (string.Empty, string.Empty),
        };
        return double.TryParse(amount, CultureInfo.InvariantCulture, out var number) && number >= 0 && number <= Highest
            ? (name, number)
            : null;
    }
}
