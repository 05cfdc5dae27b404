namespace Dispatcher.Testing;

/// <summary>Takes the code blocks out of the project's documents, so that tests can run them.</summary>
public static class DocumentExamples
{
    /// <summary>Reads the blocks of one kind.</summary>
    /// <param name="document">The document, from the root of the repository: <c>docs/events.md</c>.</param>
    /// <param name="kind">What stands behind the opening fence, all of it: <c>json</c>.</param>
    /// <returns>The blocks, in order.</returns>
    public static IReadOnlyList<string> Read(string document, string kind)
    {
        var blocks = new List<string>();
        List<string>? block = null;
        var wanted = false;
        foreach (var line in File.ReadLines(PathOf(document)))
        {
            if (!line.StartsWith("```", StringComparison.Ordinal))
            {
                block?.Add(line);
            }
            else if (block is null)
            {
                (block, wanted) = ([], line[3..].Trim() == kind);
            }
            else
            {
                if (wanted)
                {
                    blocks.Add(string.Join('\n', block));
                }

                block = null;
            }
        }

        return blocks;
    }

    /// <summary>Finds a file of the repository.</summary>
    /// <param name="document">The file, from the root of the repository.</param>
    /// <returns>Its full path.</returns>
    /// <exception cref="DirectoryNotFoundException">The tests do not run in a clone.</exception>
    public static string PathOf(string document)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Dispatcher.sln")))
            {
                return Path.Combine(directory.FullName, document);
            }
        }

        throw new DirectoryNotFoundException($"No Dispatcher.sln above {AppContext.BaseDirectory}. Run the tests from a clone of the repository.");
    }
}
