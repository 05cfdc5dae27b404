using System.Runtime.CompilerServices;

namespace Dispatcher.Reporting.Html;

/// <summary>
/// A writer of markup as interpolated strings: <c>page.Write($"&lt;td&gt;{name}&lt;/td&gt;")</c>. The literal parts are markup;
/// every interpolated value is text and is escaped, so that escaping cannot be forgotten. The markup is both HTML and XML.
/// </summary>
/// <param name="output">The output.</param>
internal sealed class MarkupWriter(TextWriter output)
{
    /// <summary>Gets the output.</summary>
    internal TextWriter Output { get; } = output;

    /// <summary>Writes markup.</summary>
    /// <param name="markup">The markup; the compiler's calls have written it when this method is called.</param>
    /// <returns>This writer.</returns>
    public MarkupWriter Write([InterpolatedStringHandlerArgument("")] ref MarkupHandler markup)
    {
        _ = markup;
        return this;
    }

    /// <summary>Writes markup that has no holes.</summary>
    /// <param name="constant">The markup, from the source and from nowhere else.</param>
    public void WriteConstant(string constant) => Output.Write(constant);
}
