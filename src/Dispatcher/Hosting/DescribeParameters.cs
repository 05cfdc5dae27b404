using System.ComponentModel;

namespace Dispatcher.Hosting;

/// <summary>The parameters of <c>{"job":"$describe"}</c>.</summary>
internal sealed record DescribeParameters
{
    /// <summary>Gets the job to describe.</summary>
    [Description("The job to describe.")]
    public required string Name { get; init; }
}
