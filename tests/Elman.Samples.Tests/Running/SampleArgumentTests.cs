using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using Elman.Data.Audio.Tests;
using Elman.Samples.Tests.Pages;

namespace Elman.Samples.Tests.Running;

/// <summary>What samples do with arguments.</summary>
[Collection(nameof(Alone))]
public sealed class SampleArgumentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    [Trait("Category", "Slow")]
    public async Task The_server_goes_on_serving_and_ends_a_stream_that_sends_no_number()
    {
        using Process server = SampleRun.Start("stream", "serve");
        try
        {
            string line = await server.StandardOutput.ReadLineAsync(Token) ?? await server.StandardError.ReadToEndAsync(Token);
            Assert.StartsWith("Streams are answered at ws://127.0.0.1:", line, StringComparison.Ordinal);
            var address = new Uri(line.Split(' ').First(word => word.StartsWith("ws:", StringComparison.Ordinal)).TrimEnd(';'));
            using ClientWebSocket first = new(), second = new();
            await first.ConnectAsync(address, Token);
            await second.ConnectAsync(address, Token);
            string begun = await AskAsync(first, "0.5");
            Assert.Matches(@"^slow \d\.\d{3}, fast \d\.\d{3}$", begun);
            Assert.NotEqual(begun, await AskAsync(first, "0.5")); // the stream goes on
            Assert.Equal(begun, await AskAsync(second, "0.5")); // another one begins
            await AskAsync(second, "half");
            Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, second.CloseStatus);
            Assert.Equal("A message must be a finite number.", second.CloseStatusDescription);
            Assert.Matches(@"^slow \d", await AskAsync(first, "-1")); // which does not disturb the first
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    [Fact(Explicit = true)]
    [Trait("Category", "Slow")]
    public async Task Recorded_words_are_read_from_a_folder()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("elman-words-");
        try
        {
            foreach ((string part, string word, double hertz) in new[] { "train", "test" }.SelectMany(
                part => new[] { (part, "low", 200.0), (part, "high", 1500.0) }))
            {
                Directory.CreateDirectory(Path.Combine(folder.FullName, part, word));
                for (int take = 0; take < 4; take++)
                {
                    await File.WriteAllBytesAsync(
                        Path.Combine(folder.FullName, part, word, $"{take}.wav"),
                        Wav.Tone(hertz + (part == "train" ? take : 10 + take)), Token);
                }
            }
            (int status, string output, string error) = await SampleRun.RunAsync("digits", [folder.FullName], Token);
            Assert.True(status == 0, error);
            Assert.StartsWith("8 recorded words for training, 8 of other voices for the test, 2 classes", output, StringComparison.Ordinal);
            Assert.Contains("8 words of the test are right", output, StringComparison.Ordinal);
            Assert.True(folder.Exists && folder.GetFiles("*.wav", SearchOption.AllDirectories).Length == 16, "The recordings are gone.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> AskAsync(ClientWebSocket socket, string message)
    {
        byte[] buffer = new byte[256];
        await socket.SendAsync(Encoding.UTF8.GetBytes(message).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, Token);
        ValueWebSocketReceiveResult answer = await socket.ReceiveAsync(buffer.AsMemory(), Token);
        return Encoding.UTF8.GetString(buffer, 0, answer.Count);
    }
}
