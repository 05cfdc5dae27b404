using System.Xml.Linq;

namespace Amazon.CloudFormation;

/// <summary>A response that reads itself from the element of its result.</summary>
internal interface IQueryResponse
{
    /// <summary>Reads the members that are there.</summary>
    void Read(XElement result);
}
