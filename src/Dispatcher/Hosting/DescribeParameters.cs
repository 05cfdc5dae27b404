using System.ComponentModel;

namespace Dispatcher.Hosting;

/// <summary>Is what <c>{"job":"$describe"}</c> takes.</summary>
internal sealed record DescribeParameters
{
    /// <summary>Gets the job to describe.</summary>
    [Description("The job to describe.")]
    public required string Name { get; init; }
}
