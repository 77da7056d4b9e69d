using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Elman.Data.Tests.Archive;

/// <summary>An HTTP/1.1 server on the loopback address whose responses are set by a test: one request per connection.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<HttpAsk, HttpAnswer> _answer;

    public LoopbackServer(Func<HttpAsk, HttpAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/archive");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>The requests, in their order.</summary>
    public ConcurrentQueue<HttpAsk> Asked { get; } = [];

    /// <summary>Creates a server with one file, which supports ranges and truncates each response after some bytes.</summary>
    public static LoopbackServer Of(byte[] file, int cutAfter = int.MaxValue, string? tag = "\"one\"") =>
        new(ask => HttpAnswer.Of(file, ask, tag) with { CutAfter = cutAfter });

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                var ask = HttpAsk.Parse(await ReadHeadAsync(stream));
                Asked.Enqueue(ask);
                HttpAnswer answer = _answer(ask);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer.Head));
                await stream.WriteAsync(answer.Body.AsMemory(0, Math.Min(answer.CutAfter, answer.Body.Length)));
                if (answer.HangsAfter)
                    await Task.Delay(Timeout.Infinite, _stop.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The client is gone.
            }
        }
    }

    private static async Task<string> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) > 0)
            head.Append((char)one[0]);
        return head.ToString();
    }
}

internal sealed record HttpAsk(string Path, IReadOnlyDictionary<string, string> Headers)
{
    public string? Range => Headers.GetValueOrDefault("range");

    public string? IfRange => Headers.GetValueOrDefault("if-range");

    public static HttpAsk Parse(string head)
    {
        string[] lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        return new HttpAsk(
            lines[0].Split(' ')[1],
            lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(
                pair => pair[0].ToLowerInvariant(), pair => pair[1], StringComparer.Ordinal));
    }
}

internal sealed record HttpAnswer(string Status, byte[] Body, params string[] Headers)
{
    /// <summary>The declared length of the response; by default the actual one.</summary>
    public long? Length { get; init; }

    public int CutAfter { get; init; } = int.MaxValue;

    public bool HangsAfter { get; init; }

    public string Head => string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {Status}\r\nContent-Length: {Length ?? Body.Length}\r\n")
        + string.Concat(Headers.Select(header => header + "\r\n")) + "Connection: close\r\n\r\n";

    /// <summary>Returns a response with a file, or with the requested range of it, after RFC 9110.</summary>
    public static HttpAnswer Of(byte[] file, HttpAsk ask, string? tag)
    {
        string[] mark = tag is null ? [] : [$"ETag: {tag}"];
        if (ask.Range is not { } range || (ask.IfRange is { } expected && expected != tag))
            return new HttpAnswer("200 OK", file, mark);
        int from = int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        return from < file.Length
            ? new HttpAnswer("206 Partial Content", file[from..], [.. mark, $"Content-Range: bytes {from}-{file.Length - 1}/{file.Length}"])
            : new HttpAnswer("416 Range Not Satisfiable", [], $"Content-Range: bytes */{file.Length}");
    }
}
