using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Deployment.Templates;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Generation;

/// <summary>The check that a generated template defines every name that it and its fragments use.</summary>
internal static class FragmentNames
{
    private const int MaxShown = 5;

    /// <summary>Checks a template.</summary>
    /// <param name="template">The template.</param>
    /// <param name="fragments">The fragments that were merged, with their files, for the message.</param>
    /// <exception cref="InvalidSourceException">The template uses names that it does not define; the message lists them.</exception>
    public static void Check(GeneratedTemplate template, IReadOnlyCollection<(string File, JsonObject Content)> fragments)
    {
        var found = UndefinedNames.Find(JsonSerializer.SerializeToElement(template.Root));
        if (found.Count > 0)
        {
            throw new InvalidSourceException(string.Join(' ', found.Take(MaxShown).Select(name => Describe(name, fragments)))
                + " Correct the names or define them, or leave out the file (--add) or take the part of the template (--without) that has "
                + "them.");
        }
    }

    private static string Describe(UndefinedName found, IReadOnlyCollection<(string File, JsonObject Content)> fragments)
    {
        var file = fragments.FirstOrDefault(fragment => fragment.Content[found.Steps[0]]?[found.Steps[1]] is not null).File;
        return $"{(file is null ? "The template" : $"'{file}'")} uses '{PayloadText.Shorten(found.Name)}' in {found.Place}, which the "
            + $"template does not define.{SpellingSuggester.DidYouMean(found.Name, found.Known)}";
    }
}
