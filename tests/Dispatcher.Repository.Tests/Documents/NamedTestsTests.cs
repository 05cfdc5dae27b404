using System.Text.RegularExpressions;

namespace Dispatcher.Repository.Tests.Documents;

/// <summary>
/// Holds the documents that name tests to the tests: each named test exists, and each row of a table with a column of tests names one.
/// </summary>
public sealed partial class NamedTestsTests
{
    private static readonly string[] Candidates = ["docs/security.md", "docs/guarantees.md"];

    private static readonly Lazy<IReadOnlyDictionary<string, TestSource>> Sources = new(TestSource.ReadAll);

    private static IEnumerable<string> Documents => Candidates.Where(document => File.Exists(Repository.PathOf(document)));

    [TestCaseSource(nameof(Documents))]
    public void Document_EveryNamedTest_Exists(string document)
    {
        var named = NamesIn(File.ReadAllText(Repository.PathOf(document))).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(named, Is.Not.Empty);
            Assert.That(named.Where(name => !TestSource.Has(Sources.Value, name.Class, name.Method)), Is.Empty);
        }
    }

    [TestCaseSource(nameof(Documents))]
    public void Document_EveryRowOfATableWithTests_NamesOne(string document)
    {
        var without = new List<string>();
        var hasTests = false;
        foreach (var line in File.ReadLines(Repository.PathOf(document)))
        {
            if (!line.StartsWith('|'))
            {
                hasTests = false;
            }
            else if (Heading().IsMatch(line))
            {
                hasTests = true;
            }
            else if (hasTests && !line.StartsWith("|---", StringComparison.Ordinal) && !NamesIn(line).Any())
            {
                without.Add(line);
            }
        }

        Assert.That(without, Is.Empty);
    }

    [Test]
    public void Has_NameThatDoesNotExist_IsFalse()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(TestSource.Has(Sources.Value, nameof(NamedTestsTests), nameof(Has_NameThatDoesNotExist_IsFalse)), Is.True);
            Assert.That(TestSource.Has(Sources.Value, nameof(NamedTestsTests), "Has_AnotherName_IsTrue"), Is.False);
            Assert.That(TestSource.Has(Sources.Value, "NoSuchTests", nameof(Has_NameThatDoesNotExist_IsFalse)), Is.False);

            // A test of a base class is one of the class that derives from it.
            Assert.That(
                TestSource.Has(Sources.Value, "VideoUploadCleanupPermissionTests", "Registration_AllRuns_AllowsExactlyWhatTheyNeed"),
                Is.True);
        }
    }

    private static IEnumerable<(string Class, string Method)> NamesIn(string text) =>
        TestName().Matches(text).Select(match => (match.Groups["class"].Value, match.Groups["method"].Value));

    /// <summary>A test's name: a class, and a method with the parts Method_State_Outcome.</summary>
    [GeneratedRegex("`(?<class>[A-Z][A-Za-z0-9]*)\\.(?<method>[A-Z][A-Za-z0-9]*_[A-Za-z0-9_]+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"^\|.*\b(Shown by|Tests?)\b.*\|$", RegexOptions.IgnoreCase)]
    private static partial Regex Heading();
}
