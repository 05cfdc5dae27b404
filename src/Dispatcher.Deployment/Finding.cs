namespace Dispatcher.Deployment;

/// <summary>Is one thing that was found.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Resource">Where it is: a resource of the template, or what the payload is called.</param>
/// <param name="Message">What is wrong, with the value, then what to do; one line.</param>
internal sealed record Finding(Severity Severity, string Resource, string Message);
