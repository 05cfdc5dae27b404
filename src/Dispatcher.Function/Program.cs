using Dispatcher.Function;

// The executable model: handler `Dispatcher.Function`. A container image and native AOT run it, too.
await FunctionHost.RunAsync(static () => new Function());
