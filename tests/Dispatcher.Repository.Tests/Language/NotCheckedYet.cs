namespace Dispatcher.Repository.Tests.Language;

/// <summary>
/// The folders whose texts are not checked yet. A folder is removed from here when its findings are gone; nothing is added.
/// </summary>
internal static class NotCheckedYet
{
    /// <summary>Gets the folders that <see cref="LanguageTests"/> leaves out.</summary>
    public static IReadOnlyList<string> Language { get; } =
    [
        "src/Dispatcher/",
        "src/Dispatcher.Cli/",
        "src/Dispatcher.Jobs.",
        "tests/Dispatcher.Cli.Tests/",
        "tests/Dispatcher.IntegrationTests.Postgres/",
        "tests/Dispatcher.Jobs.",
        "tests/Dispatcher.Tests/",
    ];

    /// <summary>Gets the folders that <see cref="LineLengthTests"/> leaves out.</summary>
    public static IReadOnlyList<string> LineLength { get; } =
    [
        "src/Dispatcher/",
        "src/Dispatcher.Cli/",
        "src/Dispatcher.EventBridge/",
        "src/Dispatcher.Jobs.",
        "tests/Dispatcher.Cli.Tests/",
        "tests/Dispatcher.EventBridge.Tests/",
        "tests/Dispatcher.IntegrationTests",
        "tests/Dispatcher.Jobs.",
        "tests/Dispatcher.Tests/",
    ];
}
