namespace Dispatcher.Ui.Tests.Browser;

/// <summary>The look for texts that are hard to read.</summary>
internal static class Contrast
{
    /// <summary>
    /// An expression that lists the visible texts whose contrast is below 4.5, the least of WCAG 2.2 (AA). Buttons that can do nothing are
    /// exempt, as there.
    /// </summary>
    public const string FaintTexts = """
        (() => {
          const parse = color => (color.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
          const luminance = color => color.slice(0, 3).map(value => value / 255)
            .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
            .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
          const contrast = (one, other) => {
            const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
            return (high + 0.05) / (low + 0.05);
          };
          const behind = element => {
            for (let at = element; at; at = at.parentElement) {
              const color = parse(getComputedStyle(at).backgroundColor);
              if (color.length === 3 || color[3] === 1) return color;
            }
            return [255, 255, 255];
          };
          const texts = [...document.body.querySelectorAll('*')]
            .filter(element => element.checkVisibility() && !element.closest('svg, [disabled]'))
            .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()));
          if (texts.length < 15) return ['nothing was looked at'];
          return texts.map(element => [element, contrast(parse(getComputedStyle(element).color), behind(element))])
            .filter(([, ratio]) => ratio < 4.5).map(([element, ratio]) => `${element.outerHTML.slice(0, 120)}: ${ratio.toFixed(2)}`);
        })()
        """;
}
