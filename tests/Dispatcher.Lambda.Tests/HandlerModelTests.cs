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
        var files = await ReadFilesAsync(projectType, outputType, handlerModel);

        Assert.That(files, Is.EqualTo(expected ? new[] { Core, Runtime } : [Core]));
    }

    private static async Task<IEnumerable<string>> ReadFilesAsync(string projectType, string outputType, string handlerModel)
    {
        var folder = Directory.CreateTempSubdirectory("consumer-");
        try
        {
            var project = Path.Combine(folder.FullName, "Consumer.proj");
            await File.WriteAllTextAsync(project, $"""
                <Project>
                  <PropertyGroup>
                    <AWSProjectType>{projectType}</AWSProjectType>
                    <OutputType>{outputType}</OutputType>
                    <LambdaHandlerModel>{handlerModel}</LambdaHandlerModel>
                  </PropertyGroup>
                  <Import Project="{Path.Combine(AppContext.BaseDirectory, "build", "Dispatcher.Lambda.targets")}" />
                  <Target Name="ResolvePackageAssets">
                    <ItemGroup>
                      <RuntimeCopyLocalItems Include="{Core}" NuGetPackageId="{Core}" />
                      <RuntimeCopyLocalItems Include="{Runtime}" NuGetPackageId="{Runtime}" />
                    </ItemGroup>
                  </Target>
                </Project>
                """);
            return await EvaluateAsync(project);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IEnumerable<string>> EvaluateAsync(string project)
    {
        var start = new ProcessStartInfo(
            "dotnet", ["msbuild", project, "-nologo", "-nodeReuse:false", "-t:ResolvePackageAssets", "-getItem:RuntimeCopyLocalItems"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, output);
        return [
            .. JsonElement.Parse(output).GetProperty("Items").GetProperty("RuntimeCopyLocalItems").EnumerateArray()
                .Select(item => item.GetProperty("Identity").GetString()!)
        ];
    }
}
