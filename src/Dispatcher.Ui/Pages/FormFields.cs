using Dispatcher.Reporting.Html;

namespace Dispatcher.Ui.Pages;

/// <summary>The fields of forms.</summary>
internal static class FormFields
{
    /// <summary>The name of the field that proves that a form is from a page of this server.</summary>
    public const string TokenName = "token";

    /// <summary>Writes a list to choose from.</summary>
    /// <param name="page">The output.</param>
    /// <param name="name">The name of the field.</param>
    /// <param name="label">What it is.</param>
    /// <param name="options">The values and their texts.</param>
    /// <param name="chosen">The chosen value.</param>
    public static void WriteSelect(
        MarkupWriter page, string name, string label, IEnumerable<(string Value, string Text)> options, string? chosen)
    {
        page.Write($"""<label><span>{label}</span><select name="{name}">""");
        foreach (var (value, text) in options)
        {
            page.Write($"""<option value="{value}" """);
            page.WriteConstant(value == (chosen ?? string.Empty) ? "selected=\"selected\">" : ">");
            page.Write($"{text}</option>");
        }

        page.WriteConstant("</select></label>");
    }

    /// <summary>Writes the field that the key <c>/</c> leads to.</summary>
    /// <param name="page">The output.</param>
    /// <param name="label">What it is.</param>
    /// <param name="value">Its value.</param>
    /// <param name="hint">What to write.</param>
    public static void WriteSearch(MarkupWriter page, string label, string? value, string hint) => page.Write($"""
        <label class="wide"><span>{label}</span><input type="search" name="q" id="filter" value="{value}" placeholder="{hint}"
        autocomplete="off" spellcheck="false"/></label>
        """);

    /// <summary>Writes a hidden field.</summary>
    /// <param name="page">The output.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value; nothing is written if there is none.</param>
    public static void WriteHidden(MarkupWriter page, string name, string? value)
    {
        if (value is not null)
        {
            page.Write($"""<input type="hidden" name="{name}" value="{value}"/>""");
        }
    }

    /// <summary>Writes the field that proves that a form is from a page of this server.</summary>
    /// <param name="page">The output.</param>
    /// <param name="site">What the pages share.</param>
    public static void WriteToken(MarkupWriter page, UiSite site) => WriteHidden(page, TokenName, site.FormToken);
}
