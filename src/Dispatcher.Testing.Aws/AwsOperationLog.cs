using System.Collections.Concurrent;
using Dispatcher.Aws;

namespace Dispatcher.Testing.Aws;

/// <summary>
/// A log of the AWS operations of runs. It sees every call of a client that <see cref="AwsClientGuard.Protect{TClient}"/> has seen, which
/// includes all clients that <c>AddAwsClient</c> adds. It does not see a mock of a client's interface.
/// </summary>
public sealed class AwsOperationLog
{
    private readonly ConcurrentQueue<AwsOperation> _operations = [];

    /// <summary>Gets the operations so far, in the order of their calls.</summary>
    public IReadOnlyList<AwsOperation> Operations => [.. _operations];

    /// <summary>Records the operations that the calling asynchronous flow, and everything that it starts, calls from now on.</summary>
    /// <returns>An object that ends the recording.</returns>
    public IDisposable Record() => AwsRequests.Observe(request => _operations.Enqueue(
        new AwsOperation(request.Service, request.Operation, RequestPermissions.Of(request))));
}
