using System.Diagnostics;
using System.Text.Json;

namespace Dispatcher.Lambda.Tests;

/// <summary>Evaluates the build targets of the package in projects that reference it.</summary>
public sealed class HandlerModelTests
{
    private const string Runtime = "Amazon.Lambda.RuntimeSupport";
    private const string Core = "Amazon.Lambda.Core";

    [TestCase("Lambda", "Library", "", false, TestName = "Files_LambdaClassLibrary_LeaveOutTheRuntime")]
    [TestCase("Lambda", "Exe", "ClassLibrary", false, TestName = "Files_ExecutablePublishedAsClassLibrary_LeaveOutTheRuntime")]
    [TestCase("Lambda", "Exe", "", true, TestName = "Files_Executable_KeepTheRuntime")]
    [TestCase("Lambda", "Library", "Executable", true, TestName = "Files_LibraryThatSaysOtherwise_KeepTheRuntime")]
    [TestCase("", "Library", "", true, TestName = "Files_LibraryOfJobs_KeepTheRuntime")]
    public async Task Files_OfAProject_HaveTheRuntimeUnlessLambdaBringsIt(
        string projectType, string outputType, string handlerModel, bool expected)
    {
        var files = await EvaluateAsync(
            $"<AWSProjectType>{projectType}</AWSProjectType><OutputType>{outputType}</OutputType>"
                + $"<LambdaHandlerModel>{handlerModel}</LambdaHandlerModel>",
            "RuntimeCopyLocalItems");

        Assert.That(files.Select(Name), Is.EqualTo(expected ? new[] { Core, Runtime } : [Core]));
    }

    [TestCase("<AWSProjectType>Lambda</AWSProjectType>", "4194304", TestName = "Gen0MaxBudget_LambdaProject_IsSmall")]
    [TestCase(
        "<AWSProjectType>Lambda</AWSProjectType><LambdaGen0MaxBudget>1</LambdaGen0MaxBudget>",
        "1",
        TestName = "Gen0MaxBudget_SetByTheProject_Stays")]
    [TestCase("", TestName = "Gen0MaxBudget_LibraryOfJobs_IsNotSet")]
    public async Task Gen0MaxBudget_OfAProject_IsSmallInLambda(string properties, params string[] expected)
    {
        var options = await EvaluateAsync(properties, "RuntimeHostConfigurationOption");

        Assert.That(
            options.Where(static option => Name(option) == "System.GC.Gen0MaxBudget")
                .Select(static option => option.GetProperty("Value").GetString()),
            Is.EqualTo(expected));
    }

    private static string? Name(JsonElement item) => item.GetProperty("Identity").GetString();

    private static async Task<IEnumerable<JsonElement>> EvaluateAsync(string properties, string item)
    {
        var folder = Directory.CreateTempSubdirectory("consumer-");
        try
        {
            var project = Path.Combine(folder.FullName, "Consumer.proj");
            await File.WriteAllTextAsync(project, $"""
                <Project>
                  <PropertyGroup>{properties}</PropertyGroup>
                  <Import Project="{Path.Combine(AppContext.BaseDirectory, "build", "Dispatcher.Lambda.targets")}" />
                  <Target Name="ResolvePackageAssets">
                    <ItemGroup>
                      <RuntimeCopyLocalItems Include="{Core}" NuGetPackageId="{Core}" />
                      <RuntimeCopyLocalItems Include="{Runtime}" NuGetPackageId="{Runtime}" />
                    </ItemGroup>
                  </Target>
                </Project>
                """);
            return await ReadAsync(project, item);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IEnumerable<JsonElement>> ReadAsync(string project, string item)
    {
        var start = new ProcessStartInfo(
            "dotnet", ["msbuild", project, "-nologo", "-nodeReuse:false", "-t:ResolvePackageAssets", $"-getItem:{item}"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, output);
        return [.. JsonElement.Parse(output).GetProperty("Items").GetProperty(item).EnumerateArray()];
    }
}
