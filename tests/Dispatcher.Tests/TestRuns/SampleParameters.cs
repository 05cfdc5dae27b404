using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using DescriptionAttribute = System.ComponentModel.DescriptionAttribute;
using RangeAttribute = System.ComponentModel.DataAnnotations.RangeAttribute;

namespace Dispatcher.Tests.TestRuns;

/// <summary>Parameters of every type and with every kind of limit.</summary>
public sealed record SampleParameters : IValidatableObject
{
    [Description("The table.")]
    [FromConfiguration("TABLE_NAME")]
    [RegularExpression("^[a-z.]{1,20}$", ErrorMessage = "it must be lower-case letters.")]
    public required string Table { get; init; }

    [Range(1, 1000)]
    [FromConfiguration("BATCH_SIZE")]
    public int BatchSize { get; set; } = 100;

    [FromConfiguration("MODE")]
    public Mode Mode { get; set; } = Mode.Report;

    [FromConfiguration("FORCE")]
    public bool Force { get; set; }

    public long Big { get; set; } = 5_000_000_000;

    [Range(0.0, double.MaxValue)]
    public double Ratio { get; set; } = 0.5;

    public decimal Price { get; set; } = 1.15m;

    public string? Note { get; set; }

    public Uri? Url { get; set; }

    public Guid? Session { get; set; }

    [FromConfiguration("UNTIL")]
    public DateOnly? Until { get; set; }

    public DateTimeOffset? Since { get; set; }

    public TimeSpan Pause { get; set; } = TimeSpan.FromMinutes(5);

    [FromConfiguration("NAMES")]
    [MaxLength(3, ErrorMessage = "at most 3 names.")]
    public IReadOnlyList<string> Names { get; set; } = [];

    public IReadOnlyDictionary<string, int>? Weights { get; set; }

    public JsonElement Anything { get; set; }

    public int? Optional { get; set; }

    public bool IsLarge => BatchSize > 500;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Mode == Mode.DeleteAll && !Force)
        {
            yield return new ValidationResult("Parameter 'mode' is deleteAll, which needs 'force'. Add {\"force\":true}.");
        }
    }
}
