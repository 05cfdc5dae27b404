using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Dispatcher.Tool.Terminal;

/// <summary>A progress column that shows the rate of a stage since it began: <c>120/s</c>.</summary>
/// <param name="rateOf">The rate of a stage's task, per second; <see langword="null"/> for none yet.</param>
internal sealed class RateColumn(Func<ProgressTask, double?> rateOf) : ProgressColumn
{
    protected override bool NoWrap => true;

    /// <inheritdoc />
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        Tables.Cell(rateOf(task) is { } rate ? Format(rate) : string.Empty);

    /// <summary>Formats a rate: whole numbers from 10 on, a decimal below.</summary>
    /// <param name="rate">The rate, per second.</param>
    /// <returns><c>120/s</c>.</returns>
    public static string Format(double rate) =>
        $"{(rate >= 10 ? Printable.Number((long)rate) : rate.ToString("0.#", CultureInfo.InvariantCulture))}/s";
}
