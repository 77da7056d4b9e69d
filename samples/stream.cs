#:sdk Microsoft.NET.Sdk.Web
#:project ../src/Elman

// Live streams in ASP.NET: one model, a singleton, answers many clients. A client opens a web socket and sends a number a message; after
// each it gets the probabilities for the stream so far. A stream has a session of its own: a few hundred bytes of state.
//     dotnet run samples/stream.cs                starts the server, streams three sequences to it at once, and stops
//     dotnet run samples/stream.cs -- serve       goes on serving
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Elman;

WebApplicationBuilder builder = WebApplication.CreateBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls("http://127.0.0.1:0"); // any free port, for this computer alone

// A server that is deployed loads a file: SequenceClassifier.Load(path, new LoadOptions { Threads = 1 }). With one thread a prediction
// stays on the thread of its request. The container disposes the model when the server stops.
builder.Services.AddSingleton(_ => SequenceClassifier.Load(Train(), new LoadOptions { Threads = 1 }));
WebApplication app = builder.Build();
app.UseWebSockets();
app.Map("/stream", async (HttpContext http, SequenceClassifier model) =>
{
    if (!http.WebSockets.IsWebSocketRequest)
        return Results.BadRequest("This address is for web sockets.");
    using WebSocket socket = await http.WebSockets.AcceptWebSocketAsync();
    using SequenceSession session = model.OpenSession();
    while (await Receive(socket, http.RequestAborted) is { } message)
    {
        if (!float.TryParse(message, NumberStyles.Float, CultureInfo.InvariantCulture, out float x) || !float.IsFinite(x))
        {
            await socket.CloseAsync(WebSocketCloseStatus.InvalidPayloadData, "A message must be a finite number.", http.RequestAborted);
            break;
        }
        float[] answer = session.Step([x]).ToArray();
        await Send(socket, string.Join(", ", model.Classes.Zip(answer, (name, p) => $"{name} {p:F3}")), http.RequestAborted);
    }
    return Results.Empty;
});
await app.StartAsync();

var address = new UriBuilder(app.Urls.First()) { Scheme = "ws", Path = "/stream" };
if (args is ["serve"])
{
    Console.WriteLine($"Streams are answered at {address}; Ctrl-C ends.");
}
else
{
    SequenceDataset sequences = Waves(3, seed: 2);
    string[] answers = await Task.WhenAll(sequences.Select(sequence => Client(address.Uri, sequence)));
    var model = app.Services.GetRequiredService<SequenceClassifier>();
    foreach ((int i, string last) in answers.Index())
        Console.WriteLine($"client {i + 1}: {last} after {sequences[i].Steps} steps; at once: {model.Predict(sequences[i])}");
    await app.StopAsync();
}
await app.WaitForShutdownAsync();

// Streams a sequence and returns the last answer.
static async Task<string> Client(Uri address, Sequence sequence)
{
    using var socket = new ClientWebSocket();
    await socket.ConnectAsync(address, default);
    string answer = "";
    foreach (float x in sequence.Values.ToArray())
    {
        await Send(socket, x.ToString("R", CultureInfo.InvariantCulture), default);
        answer = await Receive(socket, default)
            ?? throw new InvalidOperationException($"The server ended the stream: {socket.CloseStatusDescription}");
    }
    await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
    return answer;
}

static ValueTask Send(WebSocket socket, string message, CancellationToken cancellationToken) =>
    socket.SendAsync(Encoding.UTF8.GetBytes(message).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

// Returns the next message, or null when the other side ends the stream. Messages of this protocol are short.
static async Task<string?> Receive(WebSocket socket, CancellationToken cancellationToken)
{
    byte[] buffer = new byte[256];
    int count = 0;
    while (true)
    {
        ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(count), cancellationToken);
        count += part.Count;
        if (part.MessageType == WebSocketMessageType.Close)
        {
            if (socket.State == WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
            return null;
        }
        if (part.EndOfMessage)
            return Encoding.UTF8.GetString(buffer, 0, count);
        if (count == buffer.Length)
            throw new InvalidOperationException("A message is longer than 256 bytes.");
    }
}

static byte[] Train()
{
    using var classifier = new SequenceClassifier(new TrainingOptions { Cell = "gru", Model = new() { Layers = [16] }, Epochs = 30 });
    classifier.Fit(Waves(100, seed: 1));
    return classifier.ToBytes();
}

// Slow and fast waves in noise.
static SequenceDataset Waves(int count, int seed)
{
    var random = new SeededRandom(seed);
    var data = new SequenceDatasetBuilder("x");
    for (int i = 0; i < count; i++)
    {
        double phase = random.NextUniform(0, 2 * Math.PI), speed = i % 2 == 0 ? 0.3 : 0.5;
        float[] values = [.. Enumerable.Range(0, 24).Select(t => (float)(Math.Sin((speed * t) + phase) + (0.5 * random.NextNormal())))];
        data.Add(values, label: i % 2 == 0 ? "slow" : "fast");
    }
    return data.Build("waves");
}
