namespace Dispatcher.Ui.Pages;

/// <summary>The exception for an address that leads nowhere.</summary>
/// <param name="message">What is missing, then what to do.</param>
internal sealed class PageNotFoundException(string message) : Exception(message);
