using Dispatcher.Repository.Tests.Layout.Samples.Left;

namespace Dispatcher.Repository.Tests.Layout.Samples.Right;

/// <summary>The other half of a cycle: it uses the first one in the body of a method.</summary>
internal sealed class RightSample
{
    public static void Use() => LeftSample.Use([]);
}
