using System.Text.Json;
using System.Text.Json.Serialization;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Aws.Tests;

public sealed partial class JobProfileTests
{
    private static readonly ProfileContext Contract = new(new JsonSerializerOptions(ProfileContext.Default.Options)
    {
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    });

    [Test]
    public void Read_SettingsOfEachParameter_AreReadByTheirTypes()
    {
        var profile = Read(
            ("Works:nightly:Command", "true"), ("Works:nightly:Count", "7"), ("Works:nightly:Wait", "True"),
            ("Works:nightly:Names", "a, b"), ("Works:nightly:Items:0:Key", "k"), ("Works:nightly:Items:0:Values:0", "v"));

        Assert.That((profile.Command, profile.Count, profile.Wait), Is.EqualTo(("true", (int?)7, (bool?)true)));
        Assert.That(profile.Names, Is.EqualTo(new[] { "a", "b" }));
        Assert.That((profile.Items!.Single().Key, profile.Items!.Single().Values.Single()), Is.EqualTo(("k", "v")));
    }

    [TestCase("""["a","b,c"]""", "a", "b,c")]
    [TestCase("a,b,c", "a", "b", "c")]
    public void Read_List_IsJsonOrText(string text, params string[] names) =>
        Assert.That(Read(("Works:nightly:Names", text)).Names, Is.EqualTo(names));

    [Test]
    public void Read_WholeProfileAsJson_IsRead()
    {
        var profile = Read(("Works:nightly", """{"command":"x","count":"7"}"""));

        Assert.That((profile.Command, profile.Count), Is.EqualTo(("x", (int?)7)));
    }

    [TestCase("Works:night_ly", "night-ly")]
    [TestCase("Works:NIGHT_LY", "night-ly")]
    [TestCase("Works:night-ly", "night_ly")]
    public void Read_NameWithHyphens_IsFoundAsTheNameOfAVariable(string section, string name) =>
        Assert.That(Read(name, ($"{section}:Command", "x")).Command, Is.EqualTo("x"));

    [Test]
    public void Read_MissingProfile_NamesThoseThatExistAndTheVariable() => Assert.That(
        () => Read("week-ly", ("Works:nightly:Command", "x"), ("Works:daily:Command", "x")),
        Throws.TypeOf<PermanentJobException>().With.Message.EqualTo(
            "The configuration holds no profile 'week-ly' under Works. Set Works:week-ly:Command and so on (as an environment variable: "
            + "Works__week_ly__Command). Profiles: daily, nightly."));

    [TestCase("Comand", "x", "Unknown field 'Comand'. Did you mean 'command'? Fields: command, count, wait, names, items.")]
    [TestCase("Count", "many", "Setting 'count' must be a whole number from -2147483648 to 2147483647, but is \"many\".")]
    [TestCase("Items:0:Key", "k", "Setting 'items[0].values' is missing. Give a list, each item a string.")]
    [TestCase("Names", "[null]", "Setting 'names[0]' must be a string, but is null. Leave it out.")]
    public void Read_WrongSetting_IsNamedWithTheRemedy(string setting, string value, string problem) => Assert.That(
        () => Read(($"Works:nightly:{setting}", value)),
        Throws.TypeOf<PermanentJobException>().With.Message.StartsWith("Profile Works:nightly cannot be read.")
            .And.Message.Contains(problem));

    [Test]
    public void Read_SeveralWrongSettings_AreAllNamed() => Assert.That(
        () => Read(("Works:nightly:Comand", "x"), ("Works:nightly:Count", "many")),
        Throws.TypeOf<PermanentJobException>().With.Message.Contains("'Comand'").And.Message.Contains("'count'"));

    [TestCase("{", "Profile Works:nightly cannot be read: it is not JSON: it ends at line 1, column 2, before its value is complete.")]
    [TestCase("{'a':1}", "Profile Works:nightly cannot be read: it is not JSON: unexpected ''' at line 1, column 2.")]
    [TestCase("null", "Profile Works:nightly cannot be read.")]
    [TestCase("[]", "It must be an object with the fields command, count, wait, names, items, but is [].")]
    public void Read_JsonThatIsNoProfile_SaysWhy(string json, string problem) => Assert.That(
        () => Read(("Works:nightly", json)), Throws.TypeOf<PermanentJobException>().With.Message.Contains(problem));

    private static WorkParameters Read(params (string Key, string? Value)[] settings) => Read("nightly", settings);

    private static WorkParameters Read(string name, params (string Key, string? Value)[] settings)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddMaintenanceDispatcher().AddJob<IdleJob, WorkParameters>("work", ProfileContext.Default.WorkParameters);
        using var provider = services.BuildServiceProvider();
        return JobProfile.Read(
            new ConfigurationBuilder().AddInMemoryCollection(
                settings.ToDictionary(static setting => setting.Key, static setting => setting.Value)).Build(),
            "Works",
            name,
            provider.GetRequiredService<JobRegistry>().Get("work").Parameters,
            Contract.WorkParameters,
            "Command",
            static (parameter, text) => parameter == "names" ? text.Split(',', StringSplitOptions.TrimEntries) : null);
    }

    internal sealed record WorkParameters
    {
        public string? Command { get; set; }

        public int? Count { get; set; }

        public bool? Wait { get; set; }

        public IReadOnlyList<string>? Names { get; set; }

        public IReadOnlyList<WorkItem>? Items { get; set; }
    }

    internal sealed record WorkItem
    {
        public required string Key { get; init; }

        public required IReadOnlyList<string> Values { get; init; }
    }

    private sealed class IdleJob : MaintenanceJob<WorkParameters>
    {
        protected override Task<JobResult> RunAsync(WorkParameters parameters, JobContext context, CancellationToken cancellationToken) =>
            Task.FromResult(JobResult.Succeeded("Done."));
    }

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
    [JsonSerializable(typeof(WorkParameters))]
    internal sealed partial class ProfileContext : JsonSerializerContext;
}
