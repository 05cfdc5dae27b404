using Microsoft.Extensions.Logging;

namespace Dispatcher.Jobs.Postgres;

/// <summary>The messages that these jobs log.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "User {UserId}: {Days}.")]
    public static partial void UserDaysFound(ILogger logger, long userId, string days);

    [LoggerMessage(2, LogLevel.Information, "Refreshing {View}: {How}.")]
    public static partial void Refreshing(ILogger logger, string view, string how);
}
