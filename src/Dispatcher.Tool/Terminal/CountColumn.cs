using Spectre.Console;
using Spectre.Console.Rendering;

namespace Dispatcher.Tool.Terminal;

/// <summary>A progress column that shows <c>1,200 of 2,000</c>, or the count so far if the total is unknown.</summary>
internal sealed class CountColumn : ProgressColumn
{
    protected override bool NoWrap => true;

    /// <inheritdoc />
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        Tables.Cell(task.IsIndeterminate
            ? task.Value > 0 ? Printable.Number((long)task.Value) : string.Empty
            : $"{Printable.Number((long)task.Value)} of {Printable.Number((long)task.MaxValue)}");
}
