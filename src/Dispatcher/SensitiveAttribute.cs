namespace Dispatcher;

/// <summary>
/// An attribute that keeps the value of a parameter out of every error message, because people put secrets there although they should not:
/// headers, connections, names of secrets.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SensitiveAttribute : Attribute;
