using Dispatcher.Repository.Tests.Layout.Samples.Right;

namespace Dispatcher.Repository.Tests.Layout.Samples.Left;

/// <summary>One half of a cycle: it uses the other one in a signature.</summary>
internal sealed class LeftSample
{
    public static void Use(IReadOnlyList<RightSample> other) => _ = other;
}
