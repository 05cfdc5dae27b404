using Dispatcher.Hosting;
using Dispatcher.Tool.Hosting;

namespace Dispatcher.Tool.Commands;

/// <summary>
/// The examples at the end of a help text. A template has the placeholders <c>{tool}</c> for the tool's name, <c>{job}</c> for its first
/// job, <c>{set}</c> for options that set parameters of that job, and <c>{payload}</c> for a payload of it. What follows <c>##</c> is an
/// explanation; those of neighbouring lines are written in one column. What does not fit into 80 columns beside it stands below it.
/// </summary>
internal static class ExampleText
{
    private const int WidestCommand = 40;
    private const int Width = 80;
    private const string Gap = "  ";
    private const string Indent = "      ";

    /// <summary>Renders a template.</summary>
    /// <param name="template">The template.</param>
    /// <param name="tool">The tool.</param>
    /// <returns>The text.</returns>
    public static string Render(string template, ToolContext tool)
    {
        var text = Fill(template, tool);
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Split(" ## ", 2)).ToList();
        for (var begin = 0; begin < lines.Count; begin++)
        {
            var block = lines.Skip(begin).TakeWhile(static line => line.Length == 2).ToList();
            var width = block.Select(line => line[0].Length).Where(static length => length <= WidestCommand).DefaultIfEmpty(0).Max();
            block.ForEach(line => line[0] = line[0].Length <= width && width + Gap.Length + line[1].Length <= Width
                ? line[0].PadRight(width) + Gap + line[1]
                : line[0] + Environment.NewLine + Indent + line[1]);
            begin += block.Count;
        }

        return string.Join(Environment.NewLine, lines.Select(static line => line[0]));
    }

    /// <summary>Replaces the placeholders. The jobs are read only for a template that shows one.</summary>
    private static string Fill(string template, ToolContext tool)
    {
        var text = template.Replace("{tool}", tool.Name, StringComparison.Ordinal);
        Replace("{job}", static job => job?.Name ?? "JOB");
        Replace("{set}", ExampleParameters.CreateOptions);
        Replace("{payload}", ExampleParameters.CreatePayload);
        return text;

        void Replace(string placeholder, Func<JobDescriptor?, string> describe)
        {
            if (text.Contains(placeholder, StringComparison.Ordinal))
            {
                text = text.Replace(placeholder, describe(tool.Descriptors.FirstOrDefault()), StringComparison.Ordinal);
            }
        }
    }
}
