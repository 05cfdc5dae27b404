namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>A global secondary index.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">Its key.</param>
/// <param name="Projected">The attributes that it holds besides keys; <see langword="null"/> if it holds all.</param>
internal sealed record FakeIndex(string Name, KeySchema Key, IReadOnlyCollection<string>? Projected)
{
    /// <summary>Lists the attributes that a read of the index can see.</summary>
    public IReadOnlyCollection<string>? Visible(KeySchema table) =>
        Projected is null ? null : [.. Projected, .. Key.Names, .. table.Names];
}
