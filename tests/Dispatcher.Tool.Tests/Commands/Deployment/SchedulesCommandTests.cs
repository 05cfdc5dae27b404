using System.Text.Json;

namespace Dispatcher.Tool.Tests.Commands.Deployment;

/// <summary>Looks at what 'dispatch schedules' shows.</summary>
public sealed class SchedulesCommandTests
{
    private const string Function = """
        "Dispatcher":{"Type":"AWS::Serverless::Function","Properties":{"Handler":"Dispatcher.Function","Timeout":300,
          "Environment":{"Variables":{"TABLE_NAME":"UploadSessions","BUCKET":"uploads"}}}}
        """;

    private static readonly string Rules = $$$"""
        {"Conditions":{"Never":{"Fn::Equals":["a","b"]}},"Resources":{ {{{Function}}},
          {{{Rule("Cleanup", "cron(5 0 * * ? *)")}}},
          {{{Rule("Often", "rate(1 hour)", state: "DISABLED")}}},
          {{{Rule("Wrong", "rate(1 hours)")}}},
          {{{Rule("Absent", "rate(1 day)", condition: "\"Condition\":\"Never\",")}}} }}
        """;

    [Test]
    public async Task Schedules_Template_ShowsJobTimeInputStateAndProblem()
    {
        var text = await RunAsync("--time-zone", "Europe/Berlin");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Contain("times in Europe/Berlin"));
            Assert.That(text, Does.Match("● video-upload-cleanup  Cleanup\n  when   cron\\(5 0 \\* \\* \\? \\*\\) · every day at 00:05 · "
                + "UTC\n  input  {\"job\":\"video-upload-cleanup\"}\n"));
            Assert.That(text, Does.Match("  next   [A-Z][a-z]{2} \\d{4}-\\d{2}-\\d{2} 0[12]:05 · "));
            Assert.That(text, Does.Contain("○ video-upload-cleanup  Often  disabled"));
            Assert.That(text, Does.Contain("  error: rate(1 hours) has the wrong form of its unit."));
            Assert.That(text, Does.Not.Contain("Absent"));
            Assert.That(text, Does.Contain("2 triggers enabled · 1 disabled · 1 not deployed (--all shows them) · 1 error, 0 warnings"));
        }
    }

    [Test]
    public async Task Schedules_All_ShowsWhatIsNotDeployed() =>
        Assert.That(await RunAsync("--all"), Does.Contain("○ video-upload-cleanup  Absent  not deployed: condition Never does not hold"));

    [Test]
    public async Task Schedules_Json_HasTheTimesAndFindings()
    {
        var json = JsonElement.Parse(await RunAsync("--json", "--next", "3", "--time-zone", "America/New_York"));

        var first = json.GetProperty("triggers")[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(json.GetProperty("triggers").GetArrayLength(), Is.EqualTo(3));
            Assert.That(first.GetProperty("job").GetString(), Is.EqualTo("video-upload-cleanup"));
            Assert.That(first.GetProperty("next").GetArrayLength(), Is.EqualTo(3));
            Assert.That(
                first.GetProperty("next")[0].GetProperty("at").GetString(), Does.EndWith(":05:00-05:00").Or.EndWith(":05:00-04:00"));
            Assert.That(first.GetProperty("input").GetProperty("job").GetString(), Is.EqualTo("video-upload-cleanup"));
            Assert.That(json.GetProperty("findings").EnumerateArray().Select(
                finding => finding.GetProperty("resource").GetString()), Has.Member("Wrong"));
        }
    }

    [TestCase(80)]
    [TestCase(160)]
    public async Task Schedules_Terminal_KeepsToItsWidthAndLeavesNoBlanks(int width)
    {
        var lines = (await RunInAsync(width)).Split('\n');

        Assert.That(lines.Max(line => line.Length), Is.LessThanOrEqualTo(width));
        Assert.That(lines, Has.None.EndsWith(" "));
    }

    [Test]
    public async Task Schedules_TemplateWithoutTriggers_SaysSo()
    {
        using var folder = new TemporaryFolder();
        var terminal = new TestTerminal();

        Assert.That(await terminal.RunAsync("schedules", "--template", folder.Write("t.json", """{"Resources":{}}""")), Is.Zero);
        Assert.That(terminal.Out, Does.Contain("Nothing in this template starts a job"));
    }

    [TestCase("maintenance", true)]
    [TestCase("", false)]
    public async Task Schedules_StackInTheEnvironment_SaysWherePausesAre(string stack, bool says)
    {
        using var folder = new TemporaryFolder();

        var result = await Dispatch.RunAsync(
            ["schedules", "--template", folder.Write("t.json", Rules)],
            environment: new Dictionary<string, string> { ["DISPATCH_STACK"] = stack });

        Assert.That(result.Output.EndsWith(
            "Pauses are not shown here: dispatch status --stack maintenance\n", StringComparison.Ordinal), Is.EqualTo(says));
    }

    [Test]
    public async Task Schedules_NameWithEscapeSequence_DoesNotReachTheTerminal()
    {
        using var folder = new TemporaryFolder();
        var terminal = new TestTerminal();

        await terminal.RunAsync("schedules", "--template", folder.Write("t.json", Rules.Replace("Cleanup", "Clean\\u001b[2Jup")));

        Assert.That(terminal.Out, Does.Not.Contain("\u001b"));
    }

    private static string Rule(string name, string schedule, string state = "ENABLED", string condition = "") =>
        $$$"""
        "{{{name}}}":{ {{{condition}}}"Type":"AWS::Events::Rule","Properties":{"State":"{{{state}}}","ScheduleExpression":"{{{schedule}}}",
          "Targets":[{"Id":"dispatcher","Arn":{"Fn::GetAtt":["Dispatcher","Arn"]},"Input":"{\"job\":\"video-upload-cleanup\"}"}]}}
        """;

    private static Task<string> RunAsync(params string[] options) => RunInAsync(300, options);

    private static async Task<string> RunInAsync(int width, params string[] options)
    {
        using var folder = new TemporaryFolder();
        var terminal = new TestTerminal(width);
        Assert.That(
            await terminal.RunAsync(["schedules", "--template", folder.Write("t.json", Rules), .. options]), Is.Zero, terminal.Error);
        return terminal.Out;
    }

    [Test]
    public async Task Schedules_UnknownTimes_AreNotShownAndSaidWhy()
    {
        var text = await ShowAsync("""
            "Open":{"Type":"AWS::Scheduler::Schedule","Properties":{"ScheduleExpression":"cron(0 3 * * ? *)",
              "ScheduleExpressionTimezone":{"Fn::ImportValue":"zone"},"FlexibleTimeWindow":{"Mode":"FLEXIBLE","MaximumWindowInMinutes":15},
              "State":{"Ref":"State"},"Target":{"Arn":{"Fn::GetAtt":["Dispatcher","Arn"]},"RoleArn":"arn:aws:iam::123456789012:role/r",
              "Input":"{\"job\":\"video-upload-cleanup\"}"}}}
            """);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Contain("○ video-upload-cleanup  Open  enabled or disabled: State is ${State}"));
            Assert.That(text, Does.Contain("cron(0 3 * * ? *) · every day at 03:00 · ${Fn::ImportValue.zone} · up to 15 min later\n"));
            Assert.That(text, Does.Contain("  next   not known: ScheduleExpressionTimezone is ${Fn::ImportValue.zone}\n"));
            Assert.That(text, Does.Contain("0 triggers enabled · 1 of unknown state"));
        }
    }

    [TestCase(60, "up to 1 h later")]
    [TestCase(95, "up to 1 h 35 min later")]
    [TestCase(1440, "up to 24 h later")]
    public async Task Schedules_Window_IsShownInWholeMinutes(int minutes, string expected) =>
        Assert.That(
            await ShowAsync($$$"""
                "A":{"Type":"AWS::Scheduler::Schedule","Properties":{"ScheduleExpression":"rate(1 day)",
                  "FlexibleTimeWindow":{"Mode":"FLEXIBLE","MaximumWindowInMinutes":{{{minutes}}} } }}
                """),
            Does.Contain($"{expected}\n"));

    [TestCase("")]
    [TestCase("--json")]
    [TestCase("--all")]
    public async Task Schedules_NoEchoParameter_IsNotShown(string option)
    {
        var text = await ShowAsync("""
            "A":{"Type":"AWS::Events::Rule","Properties":{"ScheduleExpression":{"Ref":"Secret"},
              "Targets":[{"Id":"d","Arn":{"Fn::GetAtt":["Dispatcher","Arn"]},
                "Input":{"Fn::Sub":"{\"job\":\"daily-uptime\",\"id\":\"${Secret}\"}"}}]}},
            "B":{"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"source":[{"Ref":"Secret"}]},
              "Targets":[{"Id":"d","Arn":{"Fn::GetAtt":["Dispatcher","Arn"]},"Input":{"Ref":"Secret"}}]}}
            """, option);

        Assert.That(text, Does.Contain("NoEcho parameter Secret"));
        Assert.That(text, Does.Not.Contain("hunter2"));
    }

    [Test]
    public async Task Schedules_SeveralTargets_ShowTheirProblemsWithTheirTarget()
    {
        var text = await ShowAsync("""
            "A":{"Type":"AWS::Events::Rule","Properties":{"ScheduleExpression":"rate(1 day)","Targets":[
              {"Id":"good","Arn":{"Fn::GetAtt":["Dispatcher","Arn"]},"Input":"{\"job\":\"video-upload-cleanup\"}"},
              {"Id":"bad","Arn":{"Fn::GetAtt":["Dispatcher","Arn"]},"Input":"{\"job\":\"nope\"}"}]}}
            """);

        var good = text.IndexOf("● video-upload-cleanup", StringComparison.Ordinal);
        var bad = text.IndexOf("● nope", StringComparison.Ordinal);
        var error = text.IndexOf("error: Target 'bad': No job named 'nope'", StringComparison.Ordinal);
        Assert.That(
            (good < bad, bad < error, text.LastIndexOf("error: Target", StringComparison.Ordinal)), Is.EqualTo((true, true, error)));
    }

    [Test]
    public async Task Schedules_DirectoryAsTemplate_FindsTheTemplateInIt()
    {
        using var folder = new TemporaryFolder();
        folder.Write("template.yaml", "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n");

        var result = await Dispatch.RunAsync(["schedules", "--template", folder.Path]);
        var above = await Dispatch.RunAsync(["schedules"], directory: Directory.CreateDirectory(Path.Combine(folder.Path, "src")).FullName);

        Assert.That((result.ExitCode, above.ExitCode), Is.EqualTo((0, 0)), result.Error + above.Error);
        Assert.That(above.Output, Does.StartWith("../template.yaml").Or.StartWith(@"..\template.yaml"));
    }

    private static async Task<string> ShowAsync(string resources, string option = "")
    {
        using var folder = new TemporaryFolder();
        var terminal = new TestTerminal(300);
        var template = $$$$$"""
            {"Parameters":{"State":{"Type":"String"},"Secret":{"Type":"String","NoEcho":true,"Default":"hunter2"}},
             "Resources":{ {{{{{Function}}}}},{{{{{resources}}}}} } }
            """;
        var words = option.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(
            await terminal.RunAsync(["schedules", "--template", folder.Write("t.json", template), .. words]), Is.Zero, terminal.Error);
        return terminal.Out;
    }
}
