namespace Dispatcher;

/// <summary>
/// Keeps a parameter's value out of every error message, because people put secrets there although they do not belong there: headers,
/// connections, names of secrets.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SensitiveAttribute : Attribute;
