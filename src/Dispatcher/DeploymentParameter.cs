using System.Globalization;

namespace Dispatcher;

/// <summary>A parameter of the template, from which settings, permissions and payloads get values when the stack is deployed.</summary>
public sealed class DeploymentParameter
{
    internal DeploymentParameter(string name) => Name = name;

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets the description.</summary>
    public string? Description { get; private set; }

    /// <summary>Gets a value indicating whether the value is a number.</summary>
    public bool IsNumber { get; private set; }

    /// <summary>Gets a value indicating whether the value is a comma-separated list.</summary>
    public bool IsList { get; private set; }

    /// <summary>Gets the default value; <see langword="null"/> if every deployment has to give one.</summary>
    public string? Default { get; private set; } = string.Empty;

    /// <summary>Gets the regular expression that the whole value has to match.</summary>
    public string? Pattern { get; private set; }

    /// <summary>Gets the only values that are allowed; empty if others are.</summary>
    public IReadOnlyList<string> AllowedValues { get; private set; } = [];

    /// <summary>Gets the smallest number.</summary>
    public long? Minimum { get; private set; }

    /// <summary>Gets the largest number.</summary>
    public long? Maximum { get; private set; }

    /// <summary>Sets the description.</summary>
    /// <param name="description">A sentence or two, for whoever deploys.</param>
    /// <returns>The parameter.</returns>
    public DeploymentParameter Describe(string description)
    {
        ArgumentException.ThrowIfNullOrEmpty(description);
        Description = description;
        return this;
    }

    /// <summary>Makes it a text. A parameter is a text with an empty default unless something else is said.</summary>
    /// <param name="byDefault">The default value; <see langword="null"/>: every deployment has to give one.</param>
    /// <param name="pattern">A regular expression that the whole value has to match; <see langword="null"/>: any value.</param>
    /// <returns>The parameter.</returns>
    public DeploymentParameter Text(string? byDefault, string? pattern = null)
    {
        Default = byDefault;
        Pattern = pattern;
        return this;
    }

    /// <summary>Makes it a comma-separated list, a text that a permission can use as a list of resources.</summary>
    /// <param name="pattern">A regular expression that the whole value has to match; <see langword="null"/>: any value.</param>
    /// <returns>The parameter.</returns>
    public DeploymentParameter List(string? pattern = null)
    {
        IsList = true;
        return Text(string.Empty, pattern);
    }

    /// <summary>Makes it a number.</summary>
    /// <param name="byDefault">The default value.</param>
    /// <param name="min">The smallest value; <see langword="null"/>: no limit.</param>
    /// <param name="max">The largest value; <see langword="null"/>: no limit.</param>
    /// <returns>The parameter.</returns>
    public DeploymentParameter Number(long byDefault, long? min = null, long? max = null)
    {
        IsNumber = true;
        Default = byDefault.ToString(CultureInfo.InvariantCulture);
        Minimum = min;
        Maximum = max;
        return this;
    }

    /// <summary>Makes it a choice.</summary>
    /// <param name="values">The allowed values. The first one is the default.</param>
    /// <returns>The parameter.</returns>
    public DeploymentParameter OneOf(params IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        Default = values[0];
        AllowedValues = [.. values];
        return this;
    }

    internal bool HasSameDefinition(DeploymentParameter other) =>
        (Name, Description, IsNumber, IsList, Default, Pattern, Minimum, Maximum)
            == (other.Name, other.Description, other.IsNumber, other.IsList, other.Default, other.Pattern, other.Minimum, other.Maximum)
        && AllowedValues.SequenceEqual(other.AllowedValues);
}
