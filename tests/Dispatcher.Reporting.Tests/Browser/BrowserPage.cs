using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatcher.Reporting.Tests.Browser;

/// <summary>A tab of the browser.</summary>
internal sealed class BrowserPage(DevTools tools, string session, CancellationToken cancellationToken)
{
    /// <summary>Gets what the page asked for beyond itself: addresses.</summary>
    public IEnumerable<string> Requests => tools.Events
        .Where(@event => @event.Method == "Network.requestWillBeSent")
        .Select(@event => @event.Parameters["request"]!["url"]!.GetValue<string>());

    /// <summary>Gets what the page or the browser complained about: exceptions, console messages, violations of the policy.</summary>
    public IEnumerable<string> Complaints => tools.Events
        .Where(@event => @event.Method is "Runtime.exceptionThrown" or "Runtime.consoleAPICalled" or "Log.entryAdded")
        .Select(@event => @event.Parameters.ToJsonString());

    public Task<JsonNode> CallAsync(string method, object? parameters = null) =>
        tools.CallAsync(method, parameters, session, cancellationToken);

    /// <summary>Loads a file and waits until it has been painted.</summary>
    /// <returns>How long that took, in milliseconds: until everything was loaded, and until something was to be seen.</returns>
    public async Task<(double Loaded, double Painted)> LoadAsync(string file)
    {
        tools.ForgetEvents();
        var loaded = tools.NextAsync("Page.loadEventFired", cancellationToken);
        await CallAsync("Page.navigate", new { url = new Uri(file).AbsoluteUri });
        await loaded;
        var times = await EvaluateAsync("""
            new Promise(resolve => requestAnimationFrame(() => setTimeout(() => resolve({
              loaded: performance.getEntriesByType('navigation')[0].loadEventEnd,
              painted: (performance.getEntriesByName('first-contentful-paint')[0] ?? { startTime: performance.now() }).startTime,
            }), 0)))
            """);
        return (times.GetProperty("loaded").GetDouble(), times.GetProperty("painted").GetDouble());
    }

    /// <summary>Waits for the next page. Ask before what leads to it.</summary>
    public Task NextLoadAsync() => tools.NextAsync("Page.loadEventFired", cancellationToken);

    /// <summary>Works out an expression in the page, where the page itself may run no script.</summary>
    public async Task<JsonElement> EvaluateAsync(string expression)
    {
        var answer = await CallAsync("Runtime.evaluate", new { expression, awaitPromise = true, returnByValue = true });
        return answer["exceptionDetails"] is { } exception
            ? throw new InvalidOperationException($"The expression failed: {exception.ToJsonString()}")
            : JsonSerializer.SerializeToElement(answer["result"]!["value"]);
    }

    public Task UseColorSchemeAsync(string scheme) =>
        CallAsync("Emulation.setEmulatedMedia", new { features = new[] { new { name = "prefers-color-scheme", value = scheme } } });

    public Task UseScreenAsync(int width, int height, bool mobile) =>
        CallAsync("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile });

    /// <summary>Takes a picture of the whole page, also of what is below the screen.</summary>
    public async Task SaveScreenshotAsync(string file)
    {
        var size = (await CallAsync("Page.getLayoutMetrics"))["cssContentSize"]!;
        var clip = new { x = 0, y = 0, width = size["width"]!.GetValue<double>(), height = size["height"]!.GetValue<double>(), scale = 1 };
        var picture = await CallAsync("Page.captureScreenshot", new { format = "png", captureBeyondViewport = true, clip });
        await File.WriteAllBytesAsync(file, Convert.FromBase64String(picture["data"]!.GetValue<string>()), cancellationToken);
        TestContext.AddTestAttachment(file);
    }
}
