using System.Globalization;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Aws;

/// <summary>
/// The time after which a call to AWS without an answer ends, including the SDK's own retries. Each answer restarts the time, even one that
/// the service is too busy.
/// </summary>
/// <param name="Value">The time.</param>
public sealed record AwsCallTimeout(TimeSpan Value)
{
    /// <summary>The environment variable that holds the time, in seconds.</summary>
    public const string Key = "AWS_CALL_TIMEOUT_SECONDS";

    /// <summary>The default time, in seconds.</summary>
    public const int DefaultSeconds = 60;

    private const int MaxSeconds = 900;

    /// <summary>Reads the time.</summary>
    /// <param name="configuration">The environment.</param>
    /// <param name="defaultSeconds">The time if none is configured.</param>
    /// <returns>The time.</returns>
    /// <exception cref="PermanentJobException">The value is not a whole number from 1 to 900.</exception>
    public static AwsCallTimeout Read(IConfiguration? configuration, int defaultSeconds = DefaultSeconds)
    {
        if (configuration?[Key]?.Trim() is not { Length: > 0 } text)
        {
            return new AwsCallTimeout(TimeSpan.FromSeconds(defaultSeconds));
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= MaxSeconds
            ? new AwsCallTimeout(TimeSpan.FromSeconds(seconds))
            : throw new PermanentJobException(
                $"The environment variable {Key} is '{Redaction.Value(text)}'. Set it to a whole number of seconds from 1 to {MaxSeconds}, "
                    + "or remove it.");
    }
}
