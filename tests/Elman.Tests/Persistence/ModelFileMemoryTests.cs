using System.Buffers.Binary;
using System.Text;

namespace Elman.Tests.Persistence;

/// <summary>Reading a file of n bytes allocates at most 10 n and a constant, whatever the file contains.</summary>
public sealed class ModelFileMemoryTests : IDisposable
{
    private const int Constant = 1 << 24;

    private readonly ModelFileEditing _file = new();

    public static TheoryData<string, string> Texts => new()
    {
        { "elman.spec", Repeated("[", "0", "]", 2_000_000) },
        { "elman.spec", "{\"layers\":" + Repeated("[", "1", "]", 2_000_000) + "}" },
        { "elman.classes", Repeated("[", "\"a\"", "]", 1_000_000) },
        { "elman.classes", Repeated("[", "\"\"", "]", 1_000_000) },
        { "elman.classes", Repeated("[", "[]", "]", 1_000_000) },
        { "elman.channels", Repeated("[", "\"b\"", "]", 1_000_000) },
        { "elman.standardization", "{\"means\":" + Repeated("[", "0", "]", 2_000_000) + ",\"deviations\":[1]}" },
        { "elman.means", Repeated("[", "0", "]", 2_000_000) },
        { "elman.quantiles", Repeated("[", "{\"level\":0.5,\"errors\":[]}", "]", 100_000) },
        { "elman.quantiles", "[{\"level\":0.5,\"errors\":" + Repeated("[", "0", "]", 2_000_000) + "}]" },
        { "elman.offsets", "{\"channels\":" + Repeated("[", "0", "]", 2_000_000) + ",\"targets\":{}}" },
        { "elman.vocabularies", "[{\"channel\":1,\"tokens\":\"characters\",\"symbols\":" + Repeated("[", "\"a\"", "]", 500_000)
            + ",\"counts\":" + Repeated("[", "1", "]", 500_000) + "}]" },
        { "elman.members", Repeated("[", "{\"weight\":1}", "]", 200_000) },
        { "elman.columns", "{\"long\":false,\"labels\":" + Repeated("[", "\"a\"", "]", 1_000_000) + "}" },
        { "elman.pytorch", "{\"recurrent\":" + Repeated("[", "{}", "]", 1_000_000) + ",\"linear\":{}}" },
        { "elman.pytorch", "{\"recurrent\":[],\"linear\":{\"module\":\"l\",\"bias\":true},\"types\":{"
            + string.Join(',', Enumerable.Range(0, 300_000).Select(i => $"\"{i:x}\":\"F16\"")) + "}}" },
        { "elman.pytorch", "{\"recurrent\":" + Repeated("[", "{}", "]", 1_000_000) + ",\"linear\":{}}" },
        { "elman.pytorch", "{\"recurrent\":[],\"linear\":{\"module\":\"l\",\"bias\":true},\"types\":{"
            + string.Join(',', Enumerable.Range(0, 300_000).Select(i => $"\"{i:x}\":\"F16\"")) + "}}" },
        { "elman.training", new string(' ', 4_000_000) },
        { "elman.preparation", new string('x', 4_000_000) },
    };

    public static TheoryData<string, string> Headers => new()
    {
        { "sizes", "{\"w\":{\"dtype\":\"U8\",\"shape\":" + Repeated("[", "1", "]", 2_000_000) + "}}" },
        { "tensors", "{" + string.Join(',', Enumerable.Range(0, 60_000).Select(
            i => $"\"{i:x}\":{{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}")) + "}" },
        { "texts", "{\"__metadata__\":{" + string.Join(',', Enumerable.Range(0, 300_000).Select(i => $"\"{i:x}\":\"\"")) + "}}" },
        { "depth", "{\"w\":" + new string('[', 4_000_000) + "}" },
        { "name", "{\"" + new string('w', 4_000_000) + "\":{\"dtype\":\"" + new string('F', 100_000) + "\",\"shape\":[0],"
            + "\"data_offsets\":[0,0]}}" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_takes_at_most_ten_times_its_length(string key, string text)
    {
        _file.WithText(key, text);
        Check(File.ReadAllBytes(_file.Path));
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_header_takes_at_most_ten_times_its_length(string what, string header)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(header), file = new byte[8 + bytes.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, bytes.Length);
        bytes.CopyTo(file, 8);
        Assert.NotEmpty(what);
        Check(file);
    }

    public void Dispose() => _file.Dispose();

    private static string Repeated(string begin, string item, string end, int count) =>
        new StringBuilder(begin).Insert(begin.Length, item + ",", count - 1).Append(item).Append(end).ToString();

    /// <summary>The least of three measurements: memory that other threads took from shared pools is allocated anew.</summary>
    private static void Check(byte[] file)
    {
        long taken = Enumerable.Range(0, 3).Min(_ => Taken(file));
        Assert.True(taken <= (10L * file.Length) + Constant,
            $"{taken} bytes for a file of {file.Length}, {(taken - Constant) / (double)file.Length:F1} times");
    }

    private static long Taken(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            SequenceClassifier.Load(file).Dispose();
        }
        catch (ModelFileException)
        {
            // Most are not valid.
        }
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
