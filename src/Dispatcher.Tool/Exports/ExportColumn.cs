using System.Text.Json;

namespace Dispatcher.Tool.Exports;

/// <summary>A column of an exported table.</summary>
/// <typeparam name="T">What a row is made from.</typeparam>
/// <param name="Name">The name, in snake case.</param>
/// <param name="Type">The type in Athena.</param>
/// <param name="Write">Writes the value. It writes null for a value that is not known, so that each row has each column.</param>
internal sealed record ExportColumn<T>(string Name, string Type, Action<Utf8JsonWriter, T> Write);
