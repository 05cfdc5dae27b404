using System.Text.RegularExpressions;
using Dispatcher.Reporting.Estimates;
using Dispatcher.Reporting.Html;
using Dispatcher.Tool.Commands.Reporting;

namespace Dispatcher.Tool.Tests.Commands.Reporting;

/// <summary>Holds docs/report.md to the command.</summary>
public sealed partial class ReportDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(FindDocs(), "report.md")).ReplaceLineEndings("\n");

    private static IEnumerable<string> Commands => CommandLine().Matches(Document).Select(match => match.Groups["arguments"].Value.Trim());

    [TestCaseSource(nameof(Commands))]
    public void Command_OfTheDocument_IsUnderstood(string arguments) =>
        Assert.That(ReportCommand.Create(new TestTerminal().Tool).Parse(arguments).Errors, Is.Empty);

    [Test]
    public void Table_OfTheDocument_NamesEveryOption() => Assert.That(
        OptionRow().Matches(Document).Select(match => match.Groups["name"].Value),
        Is.EquivalentTo(ReportCommand.Create(new TestTerminal().Tool).Options.Select(option => option.Name)));

    [Test]
    public void Prices_OfTheDocument_AreTheDefaults()
    {
        var prices = new PriceList();

        Assert.That(Document, Does.Contain($"{FigureFormat.Price(prices.StorageGigabyteMonth)} per GB-month"));
        Assert.That(Document, Does.Contain($"{FigureFormat.Price(prices.LambdaGigabyteSecond)} per GB-second on x86_64"));
        Assert.That(
            Document, Does.Contain($"{FigureFormat.Price(PriceList.DefaultLambdaGigabyteSecond(LambdaArchitecture.Arm))} on arm64"));
        Assert.That(Document, Does.Contain($"{FigureFormat.Price(prices.LambdaMillionRequests)} per million"));
    }

    [Test]
    public void Pictures_OfTheDocument_AreThereAndSmall()
    {
        var pictures =
            Picture().Matches(Document).Select(match => new FileInfo(Path.Combine(FindDocs(), match.Groups["file"].Value))).ToList();

        Assert.That(pictures, Has.Count.EqualTo(2));
        Assert.That(pictures.Select(picture => picture.Length), Is.All.InRange(10_000, 200_000));
    }

    private static string FindDocs()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Dispatcher.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException(
            $"No Dispatcher.sln above {AppContext.BaseDirectory}. Run the tests from the repository."), "docs");
    }

    [GeneratedRegex(@"^(?:[A-Z_]+=\S+ )?dispatch report(?<arguments>[^#\n]*)", RegexOptions.Multiline)]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"^\| `(?<name>--[a-z-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex OptionRow();

    [GeneratedRegex(@"!\[[^\]]+\]\((?<file>[^)]+\.png)\)")]
    private static partial Regex Picture();
}
