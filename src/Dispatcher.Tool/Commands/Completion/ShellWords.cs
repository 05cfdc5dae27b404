using System.Text;

namespace Dispatcher.Tool.Commands.Completion;

/// <summary>The words of a command line up to the cursor, as a shell reads them: without quotes and escapes.</summary>
/// <param name="Complete">The words before the one at the cursor.</param>
/// <param name="Current">The word at the cursor, empty after a blank.</param>
internal sealed record ShellWords(IReadOnlyList<string> Complete, string Current)
{
    /// <summary>Splits a command line.</summary>
    /// <param name="line">The line up to the cursor; a quote in it may be open.</param>
    /// <returns>The words.</returns>
    public static ShellWords Split(string line)
    {
        var words = new List<string>();
        var current = new StringBuilder();
        var (quote, isWord) = ('\0', false);
        for (var index = 0; index < line.Length; index++)
        {
            var character = line[index];
            if (quote == '\0' && char.IsWhiteSpace(character))
            {
                if (isWord)
                {
                    words.Add(current.ToString());
                }

                current.Clear();
                isWord = false;
                continue;
            }

            isWord = true;
            if (character == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && character is '\'' or '"')
            {
                quote = character;
            }
            else if (character == '\\' && quote != '\'' && index + 1 < line.Length)
            {
                current.Append(line[++index]);
            }
            else
            {
                current.Append(character);
            }
        }

        return new ShellWords(words, current.ToString());
    }
}
