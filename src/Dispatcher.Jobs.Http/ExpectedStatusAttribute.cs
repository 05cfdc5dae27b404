using System.ComponentModel.DataAnnotations;

namespace Dispatcher.Jobs.Http;

/// <summary>Checks a list of statuses by <see cref="RequestRules.ExpectedStatus"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ExpectedStatusAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is IReadOnlyCollection<int> expected && RequestRules.ExpectedStatus(expected) is { } problem
            ? new ValidationResult(problem)
            : ValidationResult.Success;
}
