namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Serves one invocation.</summary>
/// <param name="invocation">The event and its context.</param>
/// <returns>The result.</returns>
public delegate Task<InvocationResponse> LambdaBootstrapHandler(InvocationRequest invocation);
