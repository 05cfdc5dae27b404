using System.Net;
using Amazon.Runtime;

namespace Amazon.Lambda;

/// <summary>Reports an error of AWS Lambda.</summary>
public class AmazonLambdaException : AmazonServiceException
{
    /// <summary>Creates the exception.</summary>
    public AmazonLambdaException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed.</param>
    public AmazonLambdaException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed.</param>
    /// <param name="innerException">Why it failed.</param>
    public AmazonLambdaException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="innerException">Why it failed.</param>
    public AmazonLambdaException(Exception innerException)
        : base(innerException.Message, innerException)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed.</param>
    /// <param name="innerException">Why it failed.</param>
    /// <param name="errorType">Whose fault it is.</param>
    /// <param name="errorCode">The error code of the service.</param>
    /// <param name="requestId">The identifier of the request.</param>
    /// <param name="statusCode">The HTTP status.</param>
    public AmazonLambdaException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed.</param>
    /// <param name="errorType">Whose fault it is.</param>
    /// <param name="errorCode">The error code of the service.</param>
    /// <param name="requestId">The identifier of the request.</param>
    /// <param name="statusCode">The HTTP status.</param>
    public AmazonLambdaException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
