using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Registration;

public sealed class ReflectionContractTests
{
    [Test]
    public async Task AddJob_WithoutContract_BindsParametersWithTheirDefaults()
    {
        await using var harness = new JobHarness(builder => builder.AddJob<GreetJob, Greeting>("greet"));

        var given = await harness.RunAsync("""{"job":"greet","parameters":{"name":"Ada","tone":"loud"}}""");
        var defaults = await harness.RunAsync("""{"job":"greet"}""");

        Assert.That((given.Summary, defaults.Summary), Is.EqualTo(("Loud Ada", "Quiet world")));
    }

    [Test]
    public void AddJob_WithoutContract_ChecksLimitsAndUnknownNames()
    {
        var harness = new JobHarness(builder => builder.AddJob<GreetJob, Greeting>("greet"));

        Assert.That(
            () => harness.RunAsync("""{"job":"greet","parameters":{"name":"Augusta","tune":"loud","tone":"quiet, loud"}}"""),
            Throws.TypeOf<JobRequestException>().With.Property(nameof(JobRequestException.Problems)).Count.EqualTo(3)
                .And.Message.Contains("Did you mean 'tone'?"));
    }

    [Test]
    public void AddJob_WithoutContract_WarnsInATrimmedBuild()
    {
        var method = typeof(JobBuilderExtensions).GetMethods().Single(static method =>
            method.Name == nameof(JobBuilderExtensions.AddJob) && method.GetGenericArguments().Length == 2
                && method.GetParameters().Length == 3);

        Assert.That(
            method.GetCustomAttributes(inherit: false).Select(static attribute => attribute.GetType()),
            Is.SupersetOf(new[] { typeof(RequiresUnreferencedCodeAttribute), typeof(RequiresDynamicCodeAttribute) }));
    }

    internal enum Tone
    {
        Quiet,
        Loud,
    }

    internal sealed record Greeting
    {
        [MaxLength(5)]
        public string Name { get; set; } = "world";

        public Tone Tone { get; set; }
    }

    internal sealed class GreetJob : MaintenanceJob<Greeting>
    {
        protected override Task<JobResult> RunAsync(Greeting parameters, JobContext context, CancellationToken cancellationToken) =>
            Task.FromResult(JobResult.Succeeded($"{parameters.Tone} {parameters.Name}"));
    }
}
