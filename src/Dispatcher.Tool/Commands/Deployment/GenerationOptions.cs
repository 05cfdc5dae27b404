using System.CommandLine;
using Dispatcher.Deployment.Generation;
using Dispatcher.Deployment.Templates;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Deployment;

/// <summary>The options of a generated template, on the command line and in the template.</summary>
internal sealed class GenerationOptions
{
    /// <summary>Gets the option that adds fragments.</summary>
    public Option<string[]> Add { get; } = new("--add")
    {
        Description = "Merge a fragment of a template, JSON or YAML. Can be repeated.", HelpName = "FILE",
    };

    /// <summary>Gets the option that leaves out parts.</summary>
    public Option<string[]> Without { get; } = new("--without")
    {
        Description = "Leave out a part of the template. Can be repeated.", HelpName = "PART",
    };

    /// <summary>Gets the option that chooses EventBridge Scheduler.</summary>
    public Option<bool?> Scheduler { get; } = new("--scheduler")
    {
        Description = "Use schedules of EventBridge Scheduler instead of rules.", Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>Gets the option that turns SnapStart on.</summary>
    public Option<bool?> SnapStart { get; } = new("--snap-start")
    {
        Description = "Start the function from a snapshot: SnapStart, versions and an alias.", Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>Gets the option that names the function's project.</summary>
    public Option<string?> CodeUri { get; } = new("--code-uri")
    {
        Description = "The folder of the function's project (default: the one project whose name ends in .Function).", HelpName = "FOLDER",
    };

    /// <summary>Gets the option that names the handler.</summary>
    public Option<string?> Handler { get; } = new("--handler")
    {
        Description = "The handler of the function (default: the name of the project).", HelpName = "HANDLER",
    };

    /// <summary>Creates the options.</summary>
    public GenerationOptions() => Without.AcceptOnlyFromAmong([.. ApplicationOptions.OptionalParts]);

    /// <summary>Reads the options: those of the command line, over those that the template keeps, over the defaults.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="path">The template; it need not exist.</param>
    /// <param name="tool">The name of this tool, unless the template keeps another one.</param>
    /// <returns>The options.</returns>
    /// <exception cref="BadInputException">The file is a template that was not generated.</exception>
    public ApplicationOptions Read(ParseResult parsed, string path, string tool)
    {
        var folder = FolderOf(path);
        var kept = ReadKept(path);
        var options = kept ?? (parsed.GetValue(CodeUri) is { } given
            ? FunctionProject.Read(folder, Relative(folder, given))
            : FunctionProject.Find(folder));
        if (parsed.GetValue(CodeUri) is { } codeUri)
        {
            options = options with { CodeUri = FunctionProject.Read(folder, Relative(folder, codeUri)).CodeUri };
        }

        return options with
        {
            Handler = parsed.GetValue(Handler) ?? options.Handler,
            Tool = kept is { Tool.Length: > 0 } ? kept.Tool : tool,
            UseScheduler = Read(parsed, Scheduler, options.UseScheduler),
            UseSnapStart = Read(parsed, SnapStart, options.UseSnapStart),
            Without = [.. options.Without.Union(parsed.GetValue(Without) ?? [])],
            Add = [.. options.Add.Union((parsed.GetValue(Add) ?? []).Select(file => Relative(folder, file)))],
        };
    }

    /// <summary>Gets the folder of a template.</summary>
    public static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    private static bool Read(ParseResult parsed, Option<bool?> option, bool kept) =>
        parsed.GetResult(option) is null ? kept : parsed.GetValue(option) ?? true;

    private static ApplicationOptions? ReadKept(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        return ApplicationOptions.Read(TemplateFile.Read(path)) ?? throw new BadInputException(
            $"The template '{path}' was not generated, so it is not overwritten. Move what is yours into a fragment for --add and delete "
            + "the file, or write another one: --output FILE.");
    }

    private static string Relative(string folder, string path) =>
        Path.GetRelativePath(folder, Path.GetFullPath(path)).Replace('\\', '/');
}
