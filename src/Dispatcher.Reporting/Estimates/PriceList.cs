using Dispatcher.Reporting.Figures;

namespace Dispatcher.Reporting.Estimates;

/// <summary>
/// AWS prices in US dollars. The defaults are the list prices of us-east-1, first tier, without the free tier
/// (https://aws.amazon.com/s3/pricing/ and https://aws.amazon.com/lambda/pricing/, November 2026).
/// </summary>
public sealed record PriceList
{
    /// <summary>S3 Standard, the first 50 TB.</summary>
    public const double DefaultStorage = 0.023;

    /// <summary>A million requests of Lambda.</summary>
    public const double DefaultMillionRequests = 0.20;

    private const double BytesPerGigabyte = 1024.0 * 1024.0 * 1024.0;

    /// <summary>Gets the price of storage per GB-month; AWS counts 2^30 bytes as a GB.</summary>
    /// <value>The default value is <see cref="DefaultStorage"/>.</value>
    public double StorageGigabyteMonth { get; init; } = DefaultStorage;

    /// <summary>Gets the prices of storage per GB-month of the other storage classes, if they are not the list prices.</summary>
    public IReadOnlyDictionary<string, double> StorageClasses { get; init; } = new Dictionary<string, double>();

    /// <summary>Gets the price of Lambda per GB-second.</summary>
    /// <value>The default value is that of x86_64.</value>
    public double LambdaGigabyteSecond { get; init; } = DefaultLambdaGigabyteSecond(LambdaArchitecture.X86);

    /// <summary>Gets the price of a million requests of Lambda.</summary>
    /// <value>The default value is <see cref="DefaultMillionRequests"/>.</value>
    public double LambdaMillionRequests { get; init; } = DefaultMillionRequests;

    /// <summary>Gets the list price of Lambda per GB-second.</summary>
    /// <param name="architecture">The processor of the function.</param>
    /// <returns>US dollars.</returns>
    public static double DefaultLambdaGigabyteSecond(LambdaArchitecture architecture) =>
        architecture == LambdaArchitecture.Arm ? 0.0000133334 : 0.0000166667;

    /// <summary>Gets the price of storage per GB-month in a storage class.</summary>
    /// <param name="storageClass">The class. One that is not known costs as much as STANDARD.</param>
    /// <returns>US dollars.</returns>
    public double StorageOf(string storageClass) =>
        StorageClasses.TryGetValue(storageClass, out var price) ? price
        : storageClass == StorageClassPrice.Standard ? StorageGigabyteMonth
        : StorageClassPrice.Find(storageClass)?.GigabyteMonth ?? StorageGigabyteMonth;

    /// <summary>Estimates what freed bytes no longer cost, by the storage class that they were in.</summary>
    /// <param name="tally">The runs; what dry runs planned counts for nothing.</param>
    /// <returns>US dollars per month.</returns>
    public double StorageSavedPerMonth(RunTally tally) => tally.BytesFreedByClass.Sum(pair => StorageSavedPerMonth(pair.Key, pair.Value));

    /// <summary>Estimates what freed bytes of one storage class no longer cost.</summary>
    /// <param name="storageClass">The class.</param>
    /// <param name="bytes">How many bytes.</param>
    /// <returns>US dollars per month.</returns>
    public double StorageSavedPerMonth(string storageClass, long bytes) => bytes / BytesPerGigabyte * StorageOf(storageClass);

    /// <summary>Estimates what the runs cost.</summary>
    /// <param name="use">What they used.</param>
    /// <returns>US dollars.</returns>
    public double LambdaBill(LambdaUse use) =>
        (use.GigabyteSeconds * LambdaGigabyteSecond) + (use.Runs * LambdaMillionRequests / 1_000_000);
}
