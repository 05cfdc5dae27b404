using Dispatcher.Lambda.Tests;
using Dispatcher.Testing;

namespace Dispatcher.IntegrationTests.Native;

/// <summary>The function of a consumer's solution as a native executable.</summary>
public sealed class ConsumerTests
{
    private const string Sources = ".local/native/reflection";

    /// <summary>The function has the project file that <c>dotnet new maintenance</c> makes.</summary>
    [Test]
    public async Task Function_OfTheTemplate_PublishesAndRunsItsJob()
    {
        var folder = DocumentExamples.PathOf(".local/native/consumer");
        var publishing = await NativeFunction.RunAsync(
            "dotnet publish samples/Acme.Chores/src/Acme.Chores.Function -c Release -r linux-x64 -p:PublishAot=true",
            "-o", folder, "-p:RunAnalyzers=false");
        Assert.That(publishing.ExitCode, Is.Zero, publishing.Everything);
        var moto = await SharedMoto.GetAsync();
        using var s3 = moto.CreateS3();
        await s3.PutBucketAsync("native-chores");
        await s3.InitiateMultipartUploadAsync("native-chores", "stale");
        await using var function = FunctionProcess.StartNative(
            Path.Combine(folder, "Acme.Chores.Function"),
            ("AWS_ENDPOINT_URL", moto.Url), ("AWS_REGION", "us-east-1"), ("AWS_ACCESS_KEY_ID", "testing"),
            ("AWS_SECRET_ACCESS_KEY", "testing"));

        var run = await function.InvokeAsync("""{"job":"abort-stale-uploads","parameters":{"bucket":"native-chores","olderThanDays":1}}""");
        var error = await function.InvokeAsync("""{"job":"abort-stale-uploads","parameters":{"bukcet":"a"}}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Body.GetRawText(), Does.Contain("\"status\":\"succeeded\"").And.Contain("\"applied\":1"));
            Assert.That(error.Body.GetRawText(), Does.Contain("Did you mean 'bucket'?"));
        }
    }

    [Test]
    public async Task Job_WhoseContractIsFoundByReflection_DoesNotCompileAndTheErrorNamesTheRemedy()
    {
        var folder = Directory.CreateDirectory(DocumentExamples.PathOf(Sources)).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "Reflection.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
              </PropertyGroup>

              <ItemGroup>
                <ProjectReference Include="../../../src/Dispatcher/Dispatcher.csproj" />
              </ItemGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "Program.cs"),
            """
            using Dispatcher;
            using Microsoft.Extensions.DependencyInjection;

            new ServiceCollection().AddMaintenanceDispatcher().AddJob<Rotation, RotationParameters>("rotate-logs");

            internal sealed record RotationParameters
            {
                public int Days { get; set; } = 7;
            }

            internal sealed class Rotation : MaintenanceJob<RotationParameters>
            {
                protected override Task<JobResult> RunAsync(RotationParameters parameters, JobContext context, CancellationToken token) =>
                    throw new NotSupportedException();
            }
            """);

        var building = await NativeFunction.RunAsync($"dotnet build {Sources} -c Release -r linux-x64 -p:PublishAot=true");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(building.ExitCode, Is.Not.Zero);
            Assert.That(building.Output, Does.Contain("error IL2026").And.Contain("error IL3050"));
            Assert.That(building.Output, Does.Contain("Pass a source-generated JsonTypeInfo"));
        }
    }
}
