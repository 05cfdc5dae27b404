using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Dispatcher.Tests.TestRuns;

/// <summary>Parameters with the limits that <see cref="SampleParameters"/> lacks.</summary>
public sealed record LimitedParameters : IValidatableObject
{
    [StringLength(8, MinimumLength = 2)]
    public string Code { get; set; } = "ab";

    [MinLength(3)]
    [MaxLength(9)]
    public string Name { get; set; } = "abc";

    [MinLength(1)]
    public IReadOnlyList<int> Numbers { get; set; } = [1];

    [Slow]
    public string Pattern { get; set; } = string.Empty;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Code == Name ? [new ValidationResult(null, ["code", "name"])] : [];

    /// <summary>A limit that takes too long to check, as a regular expression with a timeout.</summary>
    private sealed class SlowAttribute : ValidationAttribute
    {
        public override bool IsValid(object? value) => throw new RegexMatchTimeoutException();
    }
}
