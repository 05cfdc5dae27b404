using Microsoft.Data.Sqlite;

namespace Dispatcher.Sqlite;

/// <summary>The messages about a file that cannot be used: what failed, the file, then the way out.</summary>
internal static class RunFileErrors
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    public static bool IsBusy(Exception exception) => exception is SqliteException { SqliteErrorCode: Busy or Locked };

    public static Exception Explain(string path, string what, Exception exception) => IsBusy(exception)
        ? new TransientJobException(
            $"{what} '{path}': other processes keep the file locked. Look for one that hangs, or set {RunFileSettings.PathKey} to another "
            + "file.",
            exception)
        : new PermanentJobException(Describe(path, what, exception), exception);

    private static string Describe(string path, string what, Exception exception) =>
        exception is SqliteException { SqliteErrorCode: Corrupt or NotADatabase } damaged
            ? $"{what} '{path}': the file is damaged or is not an SQLite database ({Describe(damaged)}). Move it away, for example to "
                + $"'{path}.damaged': the next run begins a new history. The command 'sqlite3 FILE .recover' may still read the old one."
            : $"{what} '{path}': {Describe(exception)}. Make the file and its folder writable, set {RunFileSettings.PathKey} to a file "
                + "elsewhere, or set RUNS_TABLE to keep runs in DynamoDB.";

    /// <summary>SQLite's own words, without the frame: <c>SQLite Error 14: 'unable to open database file'.</c></summary>
    private static string Describe(Exception exception)
    {
        var message = exception.Message.TrimEnd('.');
        return exception is SqliteException && message.IndexOf('\'', StringComparison.Ordinal) is var quote and >= 0
            ? message[(quote + 1)..].TrimEnd('\'')
            : message;
    }
}
