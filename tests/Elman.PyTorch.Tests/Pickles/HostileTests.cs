using System.IO.Compression;
using System.Text;
using Elman.PyTorch.Pickles;
using Elman.PyTorch.Tests.Tensors;

namespace Elman.PyTorch.Tests.Pickles;

/// <summary>Files that are made to do harm are refused, within ten times their memory and a constant.</summary>
public sealed class HostileTests
{
    private const int Constant = 1 << 24;

    public static TheoryData<string, string> Names => new()
    {
        { "os", "system" }, { "builtins", "eval" }, { "posix", "system" }, { "torch", "load" }, { "torch._utils", "_rebuild_tensor" },
        { "torch", "ComplexFloatStorage" }, { "collections", "defaultdict" }, { "torch", "Storage" }, { "", "" },
        { "torch.nn.modules.rnn", "LSTM" }, { "\u202E", "x" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_other_name_is_refused_and_never_called(string module, string name)
    {
        byte[] archive = new TestPickle().Global(module, name).Text("touch /tmp/x").Raw(0x85).Op("R").Archive();
        string message = Refused(archive);
        Assert.DoesNotContain('\u202E', message);
        if (module is "os" or "builtins")
            Assert.Contains($"'{module}.{name}'", message, StringComparison.Ordinal);
        byte[] onStack = new TestPickle().Text(module).Text(name).Raw(0x93).Archive();
        Assert.Contains("more than tensors and dictionaries", Refused(onStack), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('i')] // INST
    [InlineData('o')] // OBJ
    [InlineData('\u0081')] // NEWOBJ
    [InlineData('\u0082')] // EXT1
    [InlineData('P')] // PERSID
    [InlineData('I')] // INT
    [InlineData('S')] // STRING
    [InlineData('B')] // BINBYTES
    public void An_opcode_that_makes_objects_is_refused_by_its_number(char opcode) =>
        Assert.Contains($"opcode {(int)opcode:X2} at byte 2", Refused(new TestPickle().Raw((byte)opcode).Archive()),
            StringComparison.Ordinal);

    [Fact]
    public void A_dictionary_in_itself_is_refused() =>
        Refused(new TestPickle().Op("}q\0").Text("self").Op("h\0s").Archive());

    [Fact]
    public void A_list_in_itself_is_refused() => Refused(new TestPickle().Op("]q\0h\0a").Archive());

    [Fact]
    public void A_tuple_in_itself_is_refused() => Refused(new TestPickle().Op("]q\0h\0").Raw(0x85).Op("q\u0001ah\u0001").Archive());

    [Fact]
    public void Deep_nesting_is_refused_without_recursion() =>
        Refused(new TestPickle().Op(new string('(', 100_000) + new string('t', 100_000)).Archive());

    [Theory]
    [InlineData("]")]
    [InlineData("}")]
    [InlineData("(")]
    [InlineData("K\0")]
    [InlineData("N")]
    [InlineData("]q\0")]
    [InlineData("}r\0\0\0\0")]
    public void Many_values_are_refused_before_they_take_memory(string opcodes) => Assert.Contains("values",
        Refused(new TestPickle().Op(string.Concat(Enumerable.Repeat(opcodes, 3_000_000 / opcodes.Length))).Archive()),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(1_000_000_000, 1, 1)]
    [InlineData(1_000_000_000, 0, 1_000_000_000)]
    [InlineData(4, 0, 1)]
    [InlineData(2, 3, 2)]
    [InlineData(long.MaxValue, long.MaxValue, long.MaxValue)]
    [InlineData(-1, 1, 1)]
    [InlineData(1, -1, 1)]
    public void A_tensor_that_does_not_fit_its_storage_is_refused(long length, long stride, long count) => Refused(
        new TestPickle().Op("}").Text("w").Tensor("0", count, 0, [length], [stride]).Op("s").Archive(("0", new byte[4])));

    [Theory]
    [InlineData(2_000_000_000)]
    [InlineData(-1)]
    public void An_offset_outside_the_storage_is_refused(long offset) => Refused(
        new TestPickle().Op("}").Text("w").Tensor("0", 1, offset, [1], [1]).Op("s").Archive(("0", new byte[4])));

    [Fact]
    public void A_storage_without_its_file_is_refused_by_the_name_of_the_tensor() => Assert.Contains("'data/7', which tensor 'w' needs",
        Refused(new TestPickle().Op("}").Text("w").Tensor("7", 1, 0, [1], [1]).Op("s").Archive()), StringComparison.Ordinal);

    [Fact]
    public void Views_that_multiply_a_storage_are_refused()
    {
        TestPickle pickle = new TestPickle().Op("}(");
        for (int i = 0; i < 1000; i++)
            pickle.Text($"w{i}").Tensor("0", 250_000, 0, [250_000], [1]);
        Assert.Contains("far larger than the file", Refused(pickle.Op("u").Archive(("0", new byte[1_000_000]))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressed_file_is_refused_unread() => Assert.Contains("is compressed", Refused(TestPickle.Zip(
        [("archive/data.pkl", new byte[50_000_000])], CompressionLevel.Optimal)), StringComparison.Ordinal);

    [Fact]
    public void Many_files_on_the_same_bytes_are_refused()
    {
        byte[] archive = new TestPickle().Archive(("0", new byte[4]), ("1", new byte[4]));
        int directory = archive.AsSpan().IndexOf("PK\u0001\u0002"u8);
        int second = archive.AsSpan(directory + 4).IndexOf("PK\u0001\u0002"u8) + directory + 4;
        int third = archive.AsSpan(second + 4).IndexOf("PK\u0001\u0002"u8) + second + 4;
        archive.AsSpan(second + 42, 4).CopyTo(archive.AsSpan(third + 42)); // its header is that of the one before
        Assert.Contains("shares bytes", Refused(archive), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_weight_is_found_by_the_checksum()
    {
        byte[] file = File.ReadAllBytes(Fixture.Form("plain.pt"));
        byte[] bias = [.. Fixture.Tensors(File.ReadAllBytes(Fixture.Form("plain.safetensors")))["linear.bias"].Bytes];
        int at = file.AsSpan().IndexOf(bias);
        Assert.True(at > 0);
        file[at] ^= 1;
        Assert.Contains("checksum", Refused(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PK")]
    [InlineData("PK\u0003\u0004")]
    [InlineData("PK\u0005\u0006\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    public void An_empty_or_short_file_is_refused(string text) => Refused(Encoding.ASCII.GetBytes(text));

    [Theory]
    [InlineData("")]
    [InlineData("}")]
    [InlineData("X")]
    [InlineData("s")]
    [InlineData("(u")]
    [InlineData("h\u0005")]
    [InlineData("NR")]
    [InlineData("Nb")]
    [InlineData("NQ")]
    [InlineData("N(a")]
    [InlineData("c")]
    [InlineData("ctorch\n")]
    [InlineData("NN")]
    [InlineData("}Ns")]
    [InlineData("}NNs")]
    [InlineData("t")]
    [InlineData("q\0")]
    public void A_damaged_pickle_is_refused_as_such(string opcodes)
    {
        byte[] bytes = new TestPickle().Op(opcodes).Bytes;
        Assert.Throws<FormatException>(() => _ = PickleReader.Read(bytes) is PickleDictionary
            ? throw new FormatException()
            : PickleReader.Read(bytes));
        Refused(TestPickle.Zip([("archive/data.pkl", bytes)]));
        Refused(TestPickle.Zip([("archive/data.pkl", bytes[..^1])]));
    }

    private static string Refused(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        ModelFileException e = Assert.Throws<ModelFileException>(() => PyTorchFile.Load(file, FormTests.Options));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (10L * file.Length) + Constant);
        return e.Message;
    }
}
