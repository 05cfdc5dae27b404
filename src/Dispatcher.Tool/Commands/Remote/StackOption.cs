using System.CommandLine;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Remote;

/// <summary>The option <c>--stack</c> of commands that act on what is deployed.</summary>
internal static class StackOption
{
    /// <summary>The environment variable that names the stack if the option does not.</summary>
    public const string Variable = "DISPATCH_STACK";

    /// <summary>Creates the option.</summary>
    /// <returns>The option; hand its value to <see cref="Read"/>.</returns>
    public static Option<string?> Create() => new("--stack")
    {
        Description = $"The CloudFormation stack (default: {Variable}).",
        HelpName = "NAME",
    };

    /// <summary>Reads the option.</summary>
    /// <param name="given">What was given.</param>
    /// <returns>The name of the stack.</returns>
    /// <exception cref="BadInputException">No stack is named.</exception>
    public static string Read(string? given) => Find(given) ?? throw new BadInputException(
        $"No stack is named. Write --stack NAME, or set {Variable}.");

    /// <summary>Reads the option, where a stack is not necessary.</summary>
    /// <param name="given">What was given.</param>
    /// <returns>The name of the stack, or <see langword="null"/>.</returns>
    public static string? Find(string? given) =>
        (string.IsNullOrWhiteSpace(given) ? Environment.GetEnvironmentVariable(Variable) : given)?.Trim() is { Length: > 0 } name
            ? name
            : null;
}
