using Dispatcher.Tool.Commands.Completion;

namespace Dispatcher.Tool.Tests.Commands.Completion;

public sealed class ShellWordsTests
{
    [TestCase("", "", "")]
    [TestCase("run", "", "run")]
    [TestCase("run ", "run", "")]
    [TestCase(" run  job\t-p x=", "run|job|-p", "x=")]
    [TestCase("a\\ b c", "a b", "c")]
    [TestCase("'a b' \"c d\" e", "a b|c d", "e")]
    [TestCase("'it'\\''s' x", "it's", "x")]
    [TestCase("'' x", "", "x")]
    [TestCase("'a\\b' x", "a\\b", "x")]
    [TestCase("\"a\\\"b\" x", "a\"b", "x")]
    [TestCase("'open q", "", "open q")]
    [TestCase("end\\", "", "end\\")]
    public void Split_Line_ReadsItAsAShellDoes(string line, string complete, string current)
    {
        var words = ShellWords.Split(line);

        Assert.That((string.Join('|', words.Complete), words.Current), Is.EqualTo((complete, current)));
    }
}
