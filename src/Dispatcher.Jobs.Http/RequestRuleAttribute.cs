using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Dispatcher.Jobs.Http;

/// <summary>An attribute that validates a URL, headers or a list of statuses by <see cref="RequestRules"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RequestRuleAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var problem = value switch
        {
            Uri url => RequestRules.Url(url),
            IReadOnlyDictionary<string, string> headers => RequestRules.Headers(headers),
            IReadOnlyDictionary<string, JsonElement> expected => RequestRules.ExpectedJson(expected),
            IReadOnlyCollection<int> statuses => RequestRules.ExpectedStatus(statuses),
            _ => null,
        };
        return problem is null ? ValidationResult.Success : new ValidationResult(problem);
    }
}
