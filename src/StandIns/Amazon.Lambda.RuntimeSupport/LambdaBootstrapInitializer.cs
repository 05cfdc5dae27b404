namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Prepares the function before its first invocation.</summary>
/// <returns>False to end the process without serving any invocation.</returns>
public delegate Task<bool> LambdaBootstrapInitializer();
