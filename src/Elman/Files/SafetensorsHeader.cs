using System.Text;
using System.Text.Json;

namespace Elman.Files;

/// <summary>The place of a tensor in a file.</summary>
/// <param name="Name">The name of the tensor.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Begin">Its first byte in the data.</param>
/// <param name="End">The byte after its last one.</param>
internal readonly record struct SafetensorsEntry(string Name, string Type, long[] Shape, long Begin, long End);

/// <summary>
/// The header of a <c>.safetensors</c> file. It is read token by token: a tree of its values would need a multiple of the memory.
/// </summary>
internal sealed class SafetensorsHeader
{
    private const int MostDimensions = 16;

    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<SafetensorsEntry> _entries = [];
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    private SafetensorsHeader()
    {
    }

    /// <summary>The tensors, in the order of the header.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries => _entries;

    /// <summary>The texts under <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Texts => _texts;

    /// <summary>Reads a header.</summary>
    /// <exception cref="FormatException">The header is not valid; the message is the end of a sentence without its point.</exception>
    public static SafetensorsHeader Read(ReadOnlySpan<byte> bytes)
    {
        var header = new SafetensorsHeader();
        try
        {
            _strictUtf8.GetCharCount(bytes);
            var json = new Utf8JsonReader(bytes);
            header.Read(ref json);
            while (json.Read())
            {
                // Fails if something follows.
            }
        }
        catch (JsonException e)
        {
            throw new FormatException($"its header is not valid JSON{ModelJson.PlaceOf(e)}", e);
        }
        catch (Exception e) when (e is DecoderFallbackException or InvalidOperationException)
        {
            throw new FormatException("its header is not valid UTF-8", e); // the reader throws the second one for half a surrogate pair
        }
        return header;
    }

    private void Read(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            throw new FormatException("its header is not an object");
        while (Next(ref json) == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            if (!_names.Add(name))
                throw new FormatException($"its header has the name {MessageText.Quoted(name)} twice");
            Next(ref json);
            if (name == Safetensors.MetadataKey)
                ReadTexts(ref json);
            else
                _entries.Add(ReadEntry(ref json, name));
        }
    }

    private void ReadTexts(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
            throw new FormatException("its metadata is not an object");
        while (Next(ref json) == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            if (Next(ref json) != JsonTokenType.String)
                throw new FormatException($"the text {MessageText.Quoted(name)} of its metadata is not a string");
            if (!_texts.TryAdd(name, json.GetString()!))
                throw new FormatException($"its metadata has the name {MessageText.Quoted(name)} twice");
        }
    }

    private static SafetensorsEntry ReadEntry(ref Utf8JsonReader json, string name)
    {
        if (json.TokenType != JsonTokenType.StartObject)
            throw new FormatException($"tensor {MessageText.Quoted(name)} is not described by an object");
        string? type = null;
        long[]? shape = null, offsets = null;
        while (Next(ref json) == JsonTokenType.PropertyName)
        {
            string field = json.GetString()!;
            Next(ref json);
            bool isFirst = field switch
            {
                "dtype" => type is null,
                "shape" => shape is null,
                "data_offsets" => offsets is null,
                _ => throw new FormatException(
                    $"tensor {MessageText.Quoted(name)} has the unknown field {MessageText.Quoted(field)}"),
            };
            if (!isFirst)
                throw new FormatException($"tensor {MessageText.Quoted(name)} has the field {Quoted(field)} twice");
            if (field == "dtype")
                type = json.TokenType == JsonTokenType.String
                    ? json.GetString()!
                    : throw new FormatException($"the dtype of tensor {MessageText.Quoted(name)} is not a string");
            else if (field == "shape")
                shape = Numbers(ref json, name);
            else
                offsets = Numbers(ref json, name);
        }
        return type is not null && shape is not null && offsets is [var begin, var end]
            ? new SafetensorsEntry(name, type, shape, begin, end)
            : throw new FormatException($"tensor {MessageText.Quoted(name)} has no dtype, no shape or not two data_offsets");
    }

    private static long[] Numbers(ref Utf8JsonReader json, string name)
    {
        if (json.TokenType != JsonTokenType.StartArray)
            throw new FormatException($"the sizes of tensor {MessageText.Quoted(name)} are not a list");
        Span<long> numbers = stackalloc long[MostDimensions];
        int count = 0;
        while (Next(ref json) != JsonTokenType.EndArray)
        {
            if (count == MostDimensions)
                throw new FormatException($"tensor {MessageText.Quoted(name)} has more than {MostDimensions} dimensions");
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out numbers[count]) || numbers[count] < 0)
                throw new FormatException($"the size {MessageText.Shown(Encoding.UTF8.GetString(json.ValueSpan))} of "
                    + $"tensor {MessageText.Quoted(name)} is not a whole number of at least 0");
            count++;
        }
        return numbers[..count].ToArray();
    }

    private static JsonTokenType Next(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType;
    }
}
