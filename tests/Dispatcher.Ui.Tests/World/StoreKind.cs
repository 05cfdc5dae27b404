namespace Dispatcher.Ui.Tests.World;

/// <summary>The run stores.</summary>
public enum StoreKind
{
    Memory,
    Sqlite,
    DynamoDb,
}
