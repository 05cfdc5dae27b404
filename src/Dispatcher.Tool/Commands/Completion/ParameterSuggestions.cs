using System.CommandLine;
using System.CommandLine.Completions;
using System.Text.Json.Nodes;
using Dispatcher.Hosting;
using Dispatcher.Tool.Hosting;

namespace Dispatcher.Tool.Commands.Completion;

/// <summary>
/// Suggestions for <c>-p name=value</c>: the parameters of the job that are not set yet, and the values of booleans and enums.
/// </summary>
internal static class ParameterSuggestions
{
    /// <summary>Adds the suggestions to the option.</summary>
    /// <param name="option">The option that sets parameters.</param>
    /// <param name="job">The argument that names the job.</param>
    /// <param name="tool">The tool.</param>
    public static void Add(Option<string[]> option, Argument<string> job, ToolContext tool) =>
        option.CompletionSources.Add(context =>
        {
            var name = context.ParseResult.GetResult(job)?.Tokens is [{ Value: var given }, ..] ? given : null;
            return tool.Descriptors.FirstOrDefault(descriptor => descriptor.Name == name) is { } found
                ? Suggest(found, context.WordToComplete, SetBy(context.ParseResult, option)).Select(static text => new CompletionItem(text))
                : [];
        });

    private static IEnumerable<string> Suggest(JobDescriptor job, string word, HashSet<string> set)
    {
        if (word.Split('=', 2) is [var name, _])
        {
            var schema = job.Parameters.CreateSchema()["properties"]?[name] as JsonObject;
            return schema is null ? [] : Values(schema).Select(value => $"{name}={value}");
        }

        return job.Parameters.All.Select(static parameter => parameter.Name).Where(found => !set.Contains(found))
            .Select(static found => $"{found}=");
    }

    private static IEnumerable<string> Values(JsonObject schema)
    {
        if (schema["enum"] is JsonArray words)
        {
            return words.OfType<JsonValue>().Select(static word => word.ToString());
        }

        var types = schema["type"] is JsonArray several ? several : [schema["type"]?.DeepClone()];
        return types.Any(static type => type?.ToString() == "boolean") ? ["true", "false"] : [];
    }

    private static HashSet<string> SetBy(ParseResult parsed, Option<string[]> option) =>
        [.. parsed.GetResult(option)?.Tokens.Where(static token => token.Value.Contains('=', StringComparison.Ordinal))
            .Select(static token => token.Value.Split('=', 2)[0]) ?? []];
}
