using System.Text.Json;
using Dispatcher.Diagnostics;
using Dispatcher.Hosting;

namespace Dispatcher.Tests.Diagnostics;

public sealed class StatusNamesTests
{
    [Test]
    public void Of_EachStatus_IsItsNameOnTheWire([Values] JobStatus status) => Assert.That(
        JsonSerializer.Serialize(StatusNames.Of(status)),
        Is.EqualTo(JsonSerializer.Serialize(status, DispatcherJsonContext.Default.JobStatus)));
}
