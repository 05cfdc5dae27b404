namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>Reports an event that cannot be read, or a result that cannot be written.</summary>
public class JsonSerializerException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed.</param>
    public JsonSerializerException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed.</param>
    /// <param name="exception">Why it failed.</param>
    public JsonSerializerException(string message, Exception exception)
        : base(message, exception)
    {
    }
}
