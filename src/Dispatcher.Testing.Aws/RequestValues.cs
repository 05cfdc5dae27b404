using System.Collections;

namespace Dispatcher.Testing.Aws;

/// <summary>The values of a request, or of an object in it, by the names of their properties.</summary>
/// <param name="source">The request.</param>
internal sealed class RequestValues(object source)
{
    /// <summary>Gets a text; <see langword="null"/> if it is empty or does not exist.</summary>
    public string? Text(string name) => Value(name)?.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>Gets a text that has to be there for the service to accept the request.</summary>
    public string TextOr(string name, string absent) => Text(name) ?? absent;

    /// <summary>Determines whether a value is there and not empty, zero or false.</summary>
    public bool Has(string name) => Value(name) switch
    {
        null or false => false,
        string text => text.Length > 0,
        ICollection collection => collection.Count > 0,
        Enum value => Convert.ToInt64(value, provider: null) != 0,
        _ => true,
    };

    /// <summary>Gets the texts of a list.</summary>
    public IEnumerable<string> Texts(string name) => (Value(name) as IEnumerable<string>) ?? [];

    /// <summary>Gets the objects of a list.</summary>
    public IEnumerable<RequestValues> Items(string name) =>
        Value(name) is IEnumerable items and not string ? items.Cast<object>().Select(static item => new RequestValues(item)) : [];

    /// <summary>Gets the keys of a dictionary.</summary>
    public IEnumerable<string> Keys(string name) => Value(name) is IDictionary items ? items.Keys.Cast<string>() : [];

    /// <summary>Gets an object.</summary>
    public RequestValues? Item(string name) => Value(name) is { } item ? new RequestValues(item) : null;

    /// <summary>Gets the first value that is an ARN, of a property whose name says so.</summary>
    public string? FirstArn() => source.GetType().GetProperties()
        .Where(static property => property.Name.EndsWith("Arn", StringComparison.Ordinal) && property.PropertyType == typeof(string))
        .Select(property => property.GetValue(source) as string)
        .FirstOrDefault(static value => Arn.Is(value));

    private object? Value(string name) => source.GetType().GetProperty(name)?.GetValue(source);
}
