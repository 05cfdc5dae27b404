namespace Dispatcher.Repository.Tests.Language;

/// <summary>Forbids what a machine can see of translated English, in code, comments, help texts and documents.</summary>
public sealed class LanguageTests
{
    private static readonly LanguageRule[] Rules =
    [
        new(@"<summary> ?Is\b", "a noun phrase: 'The context of one run.', 'Options for …', 'A middleware that …'"),
        new(@"<summary> ?Says\b", "'Returns', 'Determines whether', 'Gets'; for a type a noun phrase"),
        new(@"<summary> ?Words\b", "'Formats'"),
        new(@"<summary> ?Knows\b", "'Provides', or a noun phrase"),
        new(@"<summary> ?Has\b", "a noun phrase, or the verb of what happens: 'Queues', 'Retries'"),
        new(@"<summary> ?Hears\b", "'Called when …'"),
        new(@"(?<![Tt]here) (?:is|are) no (?!longer\b|(?:more|less|fewer|later|earlier) than\b)", "'is not a …', 'outside …', 'without …'"),
        new(@"\bthat there is not\b", "'that does not exist', 'unknown'"),
        new(@"\b[Mm]end(?:s|ed|ing)?\b", "'fix', 'correct'"),
        new(@"\bplays AWS\b", "'emulates AWS'"),
        new(@", where none\b", "', if none'"),
        new(@"\b(?:the|its) books\b", "'totals', 'records'"),
        new(@"\btakes? nothing but\b", "'accepts only', 'fails unless'"),
    ];

    private static IEnumerable<string> CheckedFiles =>
        Repository.Files("*.cs").Concat(Repository.Files("*.md"))
            .Where(file => file != "CHANGELOG.md" && file != ThisFile);

    private static string ThisFile => "tests/Dispatcher.Repository.Tests/Language/LanguageTests.cs";

    [Test]
    public void Texts_AllFiles_AvoidThePatterns()
    {
        var findings =
            from file in CheckedFiles
            let text = File.ReadAllText(Repository.PathOf(file)).ReplaceLineEndings("\n")
            from rule in Rules
            from found in rule.Find(text)
            select $"{file}:{found.Line}: '{found.Words}'. Write {rule.Instead}.";

        Assert.That(string.Join('\n', findings), Is.Empty);
    }

    [TestCase("/// <summary>Is a gate.</summary>", "<summary>Is")]
    [TestCase("    /// <summary>\n    /// Says whether.\n    /// </summary>", "<summary> Says")]
    [TestCase("// a name that is\n    // no job name", "is no")]
    [TestCase("Mend these first.", "Mend")]
    [TestCase("a job that there is not", "that there is not")]
    public void Rules_BadText_FindIt(string text, string words) =>
        Assert.That(Rules.SelectMany(rule => rule.Find(text)).Select(found => found.Words), Is.EqualTo(new[] { words }));

    [TestCase("There is no job. There are no jobs; it is no longer there; a limit that is no more than 5.")]
    [TestCase("/// <summary>Determines whether a run has ended.</summary>")]
    [TestCase("/// <summary>The amendment of a run that has no history.</summary>")]
    public void Rules_GoodText_FindNothing(string text) => Assert.That(Rules.SelectMany(rule => rule.Find(text)), Is.Empty);
}
