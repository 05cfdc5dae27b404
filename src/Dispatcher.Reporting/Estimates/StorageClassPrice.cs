namespace Dispatcher.Reporting.Estimates;

/// <summary>A storage class of S3, with its price and what its bill depends on besides the bytes.</summary>
/// <param name="Name">The name, as S3 has it: <c>STANDARD_IA</c>.</param>
/// <param name="GigabyteMonth">The list price of us-east-1, in US dollars per GB-month.</param>
/// <param name="Note">What the estimate leaves out; <see langword="null"/> if nothing.</param>
public sealed record StorageClassPrice(string Name, double GigabyteMonth, string? Note)
{
    /// <summary>The class of objects that name none.</summary>
    public const string Standard = "STANDARD";

    /// <summary>Gets the classes, with the list prices of November 2026.</summary>
    public static IReadOnlyList<StorageClassPrice> All { get; } =
    [
        new(Standard, PriceList.DefaultStorage, null),
        new(
            "INTELLIGENT_TIERING",
            PriceList.DefaultStorage,
            "a listing does not tell the tier: counted as Frequent Access; Infrequent Access costs $0.0125, Archive Instant Access $0.004, "
                + "Archive Access $0.0036, Deep Archive Access $0.00099"),
        new("STANDARD_IA", 0.0125, "billed for 30 days and 128 KB at least"),
        new("ONEZONE_IA", 0.01, "billed for 30 days and 128 KB at least"),
        new("GLACIER_IR", 0.004, "billed for 90 days and 128 KB at least"),
        new("GLACIER", 0.0036, "billed for 90 days at least, and for 40 KB more per object"),
        new("DEEP_ARCHIVE", 0.00099, "billed for 180 days at least, and for 40 KB more per object"),
    ];

    /// <summary>Finds a class.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The class, or <see langword="null"/> if it is not known.</returns>
    public static StorageClassPrice? Find(string name) => All.FirstOrDefault(known => known.Name == name);
}
