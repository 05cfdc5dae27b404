using System.Text;

namespace Dispatcher.Deployment.Templates;

/// <summary>Functions that find tabs where YAML allows only spaces.</summary>
internal static class YamlTabs
{
    /// <summary>Finds the first line whose indentation has a tab.</summary>
    /// <param name="content">The content of a file.</param>
    /// <param name="first">The line to begin with, from 1.</param>
    /// <returns>The line, from 1; <see langword="null"/> if there is none.</returns>
    public static long? FindLine(byte[] content, long first)
    {
        using var reader = new StreamReader(new MemoryStream(content), Encoding.UTF8);
        for (var line = 1L; reader.ReadLine() is { } text; line++)
        {
            var indentation = text[..^text.TrimStart(' ', '\t').Length];
            if (line >= first && indentation.Length < text.Length && indentation.Contains('\t', StringComparison.Ordinal))
            {
                return line;
            }
        }

        return null;
    }
}
