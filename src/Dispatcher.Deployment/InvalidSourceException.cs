namespace Dispatcher.Deployment;

/// <summary>The exception thrown when a template, a payload or a value given for a parameter cannot be used.</summary>
/// <param name="message">What is wrong, with the value, then what to do.</param>
public sealed class InvalidSourceException(string message) : Exception(message);
