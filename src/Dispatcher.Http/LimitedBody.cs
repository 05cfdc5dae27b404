namespace Dispatcher.Http;

/// <summary>The beginning of a response.</summary>
public static class LimitedBody
{
    /// <summary>Reads up to a limit, or to the end. The rest is not received.</summary>
    /// <param name="response">The response, its headers read.</param>
    /// <param name="maxBytes">The limit.</param>
    /// <param name="cancellationToken">Fires when reading takes too long.</param>
    /// <returns>The bytes; they may be written to.</returns>
    /// <exception cref="IOException">The connection was cut.</exception>
    public static async Task<Memory<byte>> ReadAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(response);

        var buffer = new byte[Math.Min(maxBytes, response.Content.Headers.ContentLength ?? 4096)];
        var count = 0;
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        while (count < maxBytes)
        {
            if (count == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(maxBytes, Math.Max(4096, 2L * count)));
            }

            var read = await stream.ReadAsync(buffer.AsMemory(count), cancellationToken);
            if (read == 0)
            {
                break;
            }

            count += read;
        }

        return buffer.AsMemory(0, count);
    }
}
