using System.Text;
using Dispatcher.Aws;
using Dispatcher.Deployment;
using Dispatcher.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.AspNetCore.Http;

namespace Dispatcher.Ui.Pages;

/// <summary>The answers to requests: pages, also for what fails, and where to go after a form.</summary>
/// <param name="site">What the pages share.</param>
internal sealed class PageAnswers(UiSite site) : IDisposable
{
    private static readonly FailureClassifier OutsideFailures = new([new AwsFailureRule()]);

    /// <summary>One page at a time: a history tells about its last reading what it had to leave out.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Shows a page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="create">Creates the page.</param>
    /// <returns>A task that ends with the answer.</returns>
    public async Task ShowAsync(HttpContext context, Func<PageRequest, Task<PageContent>> create)
    {
        try
        {
            await WriteAsync(context, await TakeTurnAsync(context, create));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The browser has left.
        }
        catch (Exception exception)
        {
            await WriteAsync(context, Explain(exception));
        }
    }

    /// <summary>Does what a form asks for, and leads to the page that shows it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="act">Does it, and returns an address.</param>
    /// <returns>A task that ends with the answer.</returns>
    public async Task ActAsync(HttpContext context, Func<PageRequest, Task<string>> act)
    {
        try
        {
            context.Response.Headers.Location = await TakeTurnAsync(context, act);
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            await WriteAsync(context, Explain(exception));
        }
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private async Task<T> TakeTurnAsync<T>(HttpContext context, Func<PageRequest, Task<T>> act)
    {
        await _turn.WaitAsync(context.RequestAborted);
        try
        {
            return await act(new PageRequest(context));
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task WriteAsync(HttpContext context, PageContent content)
    {
        await using var text = new StringWriter();
        PageFrame.Write(text, content, site);
        context.Response.StatusCode = content.StatusCode;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(text.ToString(), Encoding.UTF8, context.RequestAborted);
    }

    private PageContent Explain(Exception exception) => exception switch
    {
        PageNotFoundException => Failure(StatusCodes.Status404NotFound, "Not found", [exception.Message]),
        JobRequestException { Problems: var problems } => Failure(StatusCodes.Status400BadRequest, "Refused: nothing has run", problems),
        BadInputException or InvalidSourceException => Failure(StatusCodes.Status400BadRequest, "Not possible", [exception.Message]),
        CommandFailedException => Failure(StatusCodes.Status502BadGateway, "Failed", [exception.Message]),
        _ when OutsideFailures.Classify(exception) is { HasUserMessage: true } failure =>
            Failure(StatusCodes.Status502BadGateway, "Failed", [failure.Message]),
        _ => Unexpected(exception),
    };

    private PageContent Unexpected(Exception exception)
    {
        var message = $"Unexpected {exception.GetType().Name}: {exception.Message}";
        site.Tool.Terminal.WriteError(message);
        return Failure(StatusCodes.Status500InternalServerError, "Failed", [message]);
    }

    private static PageContent Failure(int status, string title, IReadOnlyList<string> messages) => new(title, string.Empty, page =>
    {
        foreach (var message in messages)
        {
            page.WriteConstant("<p class=\"verdict bad\"><span class=\"symbol\" aria-hidden=\"true\">✕</span>");
            page.Write($"<span><bdi>{message}</bdi></span></p>");
        }

        page.WriteConstant("<p><a href=\"/\">Back to the status of all jobs</a></p>\n");
    })
    {
        StatusCode = status,
    };
}
