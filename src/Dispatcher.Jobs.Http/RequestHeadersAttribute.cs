using System.ComponentModel.DataAnnotations;

namespace Dispatcher.Jobs.Http;

/// <summary>Checks headers by <see cref="RequestRules.Headers"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RequestHeadersAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is IReadOnlyDictionary<string, string> headers && RequestRules.Headers(headers) is { } problem
            ? new ValidationResult(problem)
            : ValidationResult.Success;
}
