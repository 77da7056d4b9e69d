using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Elman.Data;

/// <summary>
/// Downloads one file. An interrupted download is kept, and the next request asks for the rest on the condition that the file is still the
/// same (RFC 9110, If-Range). Without a validator of the file, the download starts again.
/// </summary>
internal sealed class ZipDownload(Uri address, string name, string path)
{
    private const int MostTries = 4, MostRedirections = 5;

    /// <summary>The URL.</summary>
    public Uri Address => address;

    /// <summary>The path.</summary>
    public string Path => path;

    /// <summary>The maximum time for which the server may send nothing.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>The delay before a retry.</summary>
    public required TimeSpan Pause { get; init; }

    /// <summary>The maximum length.</summary>
    public required long MostBytes { get; init; }

    /// <summary>Called with messages.</summary>
    public Action<string>? Remark { get; init; }

    /// <summary>Removes the partial download.</summary>
    public void Forget() => new PartialFile(path, address).Delete();

    /// <summary>Downloads the file; resumes a few times if the connection is interrupted.</summary>
    /// <exception cref="ArgumentException">There is no such file.</exception>
    /// <exception cref="DataArchiveException">The file can't be downloaded.</exception>
    public async Task RunAsync(IProgress<ReadProgress>? progress, CancellationToken cancellation)
    {
        using var handler = new SocketsHttpHandler { MaxAutomaticRedirections = MostRedirections };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("elman", null));
        var part = new PartialFile(path, address);
        Remark?.Invoke($"downloading {address}{(part.Length > 0 ? $", after the {part.Length} bytes received so far" : "")}.");
        for (int tries = 1; ; tries++)
        {
            long before = part.Length;
            DataArchiveException broken;
            try
            {
                await TryAsync(client, part, progress, cancellation).ConfigureAwait(false);
                return;
            }
            catch (ConnectionException e)
            {
                broken = new DataArchiveException(Explain(e, part), e.InnerException);
            }
            // Retry only if some data arrived.
            if (tries == MostTries || part.Length <= before)
                throw broken;
            Remark?.Invoke($"the connection was lost after {part.Length} bytes; resuming.");
            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
        }
    }

    private async Task TryAsync(HttpClient client, PartialFile part, IProgress<ReadProgress>? progress, CancellationToken cancellation)
    {
        if (part.Mark is null)
            part.Delete();
        long have = part.Length;
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (have > 0)
        {
            request.Headers.Range = new RangeHeaderValue(have, null);
            request.Headers.TryAddWithoutValidation("If-Range", part.Mark);
        }
        using HttpResponseMessage answer = await Patient(
            token => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancellation).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && have > 0)
        {
            // The partial download does not belong to the current file.
            part.Delete();
            await TryAsync(client, part, progress, cancellation).ConfigureAwait(false);
            return;
        }
        long? total = CheckAnswer(answer, part, have);
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            if (have > 0)
                Remark?.Invoke("the file has changed, or the server can't resume; starting again.");
            part.Begin(MarkOf(answer), total);
            have = 0;
        }
        using Stream body = await Patient(answer.Content.ReadAsStreamAsync, cancellation).ConfigureAwait(false);
        using FileStream file = part.Append();
        byte[] buffer = new byte[1 << 16];
        while (await Patient(async token => await body.ReadAsync(buffer, token).ConfigureAwait(false), cancellation)
            .ConfigureAwait(false) is > 0 and int count)
        {
            have += count;
            if (have > (total ?? MostBytes))
                throw new DataArchiveException($"{address} sends more than the allowed {total ?? MostBytes} bytes; the download is "
                    + "refused. Name another source (elman data get --from).");
            await file.WriteAsync(buffer.AsMemory(0, count), cancellation).ConfigureAwait(false);
            progress?.Report(new ReadProgress(have, total, 0));
        }
        if (have < total)
            throw new ConnectionException("the connection was closed", null);
    }

    /// <summary>Refuses a response that does not match the request.</summary>
    /// <returns>The length of the whole file, if it is known.</returns>
    private long? CheckAnswer(HttpResponseMessage answer, PartialFile part, long have)
    {
        string status = $"{(int)answer.StatusCode} ({answer.ReasonPhrase})";
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            throw new ArgumentException($"There is no data set {Quoted(name)} at {address}; check the spelling, including case. "
                + "timeseriesclassification.com lists the names.");
        ContentRangeHeaderValue? range = answer.Content.Headers.ContentRange;
        long? total = answer.StatusCode switch
        {
            HttpStatusCode.OK => answer.Content.Headers.ContentLength,
            HttpStatusCode.PartialContent => range?.Length,
            _ => throw new DataArchiveException($"{address} can't be downloaded: the server answered {status}; try again later, or name "
                + "a mirror (elman data get --from)."),
        };
        bool isPart = answer.StatusCode == HttpStatusCode.PartialContent;
        bool isSame = !isPart || (have > 0 && range is { Unit: "bytes", From: { } from } && from == have
            && (part.Total is null || total is null || part.Total == total) && (MarkOf(answer) is not { } mark || mark == part.Mark));
        if (!isSame)
        {
            part.Delete();
            throw new DataArchiveException($"{address} sent a different part of the file than requested; download it again.");
        }
        return total > MostBytes
            ? throw new DataArchiveException($"{address} has {total} bytes, more than the allowed {MostBytes}; download it with another "
                + "program.")
            : total;
    }

    /// <summary>Returns the validator of the file: its strong entity tag, else its modification time.</summary>
    private static string? MarkOf(HttpResponseMessage answer) =>
        answer.Headers.ETag is { IsWeak: false } tag
            ? tag.Tag
            : answer.Content.Headers.LastModified?.UtcDateTime.ToString("r", CultureInfo.InvariantCulture);

    /// <summary>Waits for a server operation with a timeout.</summary>
    private async Task<T> Patient<T>(Func<CancellationToken, Task<T>> act, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            return await act(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new ConnectionException(string.Create(
                CultureInfo.InvariantCulture, $"the server sent nothing for {Patience.TotalSeconds:0.#} seconds"), e);
        }
        catch (Exception e) when (e is IOException or SocketException or HttpRequestException)
        {
            throw new ConnectionException(ReasonOf(e), e);
        }
    }

    /// <summary>Returns the reason why a connection failed.</summary>
    private static string ReasonOf(Exception e) => e switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "no server of this name is known",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "no secure connection can be made",
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "the proxy does not connect",
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => "the server does not answer in HTTP",
        HttpRequestException { InnerException: SocketException inner } => ReasonOf(inner),
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "the server refuses the connection",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain } => "no server of this name is known",
        SocketException { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable } => "the network is unreachable",
        SocketException { SocketErrorCode: SocketError.TimedOut } => "the server does not answer",
        _ => "the connection was closed",
    };

    private string Explain(ConnectionException e, PartialFile part)
    {
        if (part.Length > 0)
        {
            string of = part.Total is { } total ? $" of {total}" : "";
            return $"The download of {address} was interrupted after {part.Length}{of} bytes; "
                + (part.Mark is null ? "try again." : "the same command resumes it.");
        }
        return $"{address} can't be reached: {e.Message.TrimEnd('.')}; check the connection, or name a mirror (elman data get --from).";
    }

    /// <summary>A failure of the connection, after which a retry may help; a full disk is not such a failure.</summary>
    private sealed class ConnectionException(string message, Exception? innerException) : Exception(message, innerException);
}
