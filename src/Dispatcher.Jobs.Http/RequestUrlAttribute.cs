using System.ComponentModel.DataAnnotations;

namespace Dispatcher.Jobs.Http;

/// <summary>Checks a URL by <see cref="RequestRules.Url"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RequestUrlAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is Uri url && RequestRules.Url(url) is { } problem ? new ValidationResult(problem) : ValidationResult.Success;
}
