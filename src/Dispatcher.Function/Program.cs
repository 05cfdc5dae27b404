using Dispatcher.Function;

// The executable model: handler `Dispatcher.Function`. Also what a container image and native AOT run.
await FunctionHost.RunAsync(static () => new Function());
