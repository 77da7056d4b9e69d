using System.Runtime.InteropServices;
using Elman.Files;

namespace Elman.PyTorch.Tests.Tensors;

/// <summary>The forms in which torch.save writes the same model.</summary>
public sealed class FormTests
{
    internal static readonly PyTorchLoadOptions Options = new()
    { Readout = Readout.Last, Task = PyTorchTask.Regress, Load = new LoadOptions { Threads = 1 } };

    private static List<SafetensorsTensor> Plain => [.. SafetensorsReader.Read(Fixture.Form("plain.safetensors")).Tensors];

    [Theory]
    [InlineData("plain.safetensors")]
    [InlineData("plain.pt")]
    [InlineData("protocol4.pt")]
    [InlineData("checkpoint.pt")]
    [InlineData("optimizer.pt")]
    [InlineData("parameters.pt")]
    [InlineData("views.pt")]
    public void Every_form_of_a_state_dictionary_gives_the_same_tensors(string file)
    {
        PyTorchImport import = PyTorchFile.Load(Fixture.Form(file), Options);
        using SequenceEstimator model = import.Estimator;
        Fixture.AssertSame(Plain, StackTests.Exported(model));
        Assert.Empty(import.Warnings);
        Assert.Equal(
            ["embedding = nn.Embedding(5, 3)", "rnn = nn.GRU(3, 4, batch_first=True)", "linear = nn.Linear(4, 3)"], import.Modules);
        using SequenceEstimator fromBytes = PyTorchFile.Load(File.ReadAllBytes(Fixture.Form(file)), Options).Estimator;
        Fixture.AssertSame(Plain, StackTests.Exported(fromBytes));
    }

    [Fact]
    public void Halves_are_widened_exactly_and_written_as_halves()
    {
        PyTorchImport import = PyTorchFile.Load(Fixture.Form("half.safetensors"), Options);
        using SequenceEstimator model = import.Estimator;
        Assert.Contains("7 tensors of type F16", Assert.Single(import.Warnings), StringComparison.Ordinal);
        List<SafetensorsTensor> expected = [.. SafetensorsReader.Read(Fixture.Form("half.safetensors")).Tensors];
        Fixture.AssertSame(expected, StackTests.Exported(model));
        using SequenceEstimator zipped = PyTorchFile.Load(Fixture.Form("half.pt"), Options).Estimator;
        Fixture.AssertSame(expected, StackTests.Exported(zipped));
        SafetensorsTensor weight = expected.Single(tensor => tensor.Name == "linear.weight");
        float[] halves = [.. MemoryMarshal.Cast<byte, Half>(weight.Bytes).ToArray().Select(half => (float)half)];
        Assert.Equal(halves, Transposed(model, 3));
    }

    [Fact]
    public void Brain_floats_are_widened_exactly_and_written_as_such()
    {
        using SequenceEstimator model = PyTorchFile.Load(Fixture.Form("bfloat16.pt"), Options).Estimator;
        List<SafetensorsTensor> written = StackTests.Exported(model);
        Assert.All(written, tensor => Assert.Equal("BF16", tensor.ElementType));
        // PyTorch rounds to the nearest; the upper halves differ from the full numbers by at most one unit.
        foreach ((SafetensorsTensor full, SafetensorsTensor upper) in
            Plain.OrderBy(tensor => tensor.Name).Zip(written.OrderBy(tensor => tensor.Name)))
        {
            ReadOnlySpan<float> exact = MemoryMarshal.Cast<byte, float>(full.Bytes);
            ReadOnlySpan<ushort> bits = MemoryMarshal.Cast<byte, ushort>(upper.Bytes);
            for (int i = 0; i < exact.Length; i++)
                Assert.Equal(exact[i], BitConverter.UInt32BitsToSingle((uint)bits[i] << 16), Math.Abs(exact[i]) / 256);
        }
    }

    [Fact]
    public void Doubles_are_rounded_with_a_warning()
    {
        PyTorchImport import = PyTorchFile.Load(Fixture.Form("double.pt"), Options);
        using SequenceEstimator model = import.Estimator;
        string warning = Assert.Single(import.Warnings);
        Assert.Contains("F64 were rounded to F32 in 'embedding.weight'", warning, StringComparison.Ordinal);
        Assert.All(StackTests.Exported(model), tensor => Assert.Equal("F64", tensor.ElementType));
    }

    [Fact]
    public void Tied_tensors_are_named_in_a_warning()
    {
        PyTorchImport import = PyTorchFile.Load(Fixture.Form("tied.pt"), Options);
        import.Estimator.Dispose();
        Assert.Contains("'rnn.bias_ih_l0' and 'rnn.bias_hh_l0' are the same numbers", Assert.Single(import.Warnings),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.pt", "'__main__.Model'", "torch.save(model.state_dict()")]
    [InlineData("numpy.pt", "'numpy.core.multiarray.scalar'", "nothing in a file is run here")]
    [InlineData("two.pt", "'model', 'ema'", "save one of them alone")]
    [InlineData("tensor.pt", "one tensor instead of a state dictionary")]
    [InlineData("legacy.pt", "before version 1.6", "torch.save(model.state_dict()")]
    [InlineData("script.pt", "TorchScript program", "model.state_dict()")]
    public void Anything_else_is_refused_by_its_name(string file, params string[] words)
    {
        string path = Fixture.Form(file);
        ModelFileException e = Assert.Throws<ModelFileException>(() => PyTorchFile.Load(path, Options));
        Assert.Equal(path, e.FilePath);
        Assert.All(words, word => Assert.Contains(word, e.Message, StringComparison.Ordinal));
        Assert.Throws<ModelFileException>(() => PyTorchFile.Load(File.ReadAllBytes(path), Options));
    }

    [Fact]
    public void A_file_that_does_not_exist_and_a_model_of_Elman_are_refused()
    {
        Assert.Contains("There is no such file", Assert.Throws<ModelFileException>(
            () => PyTorchFile.Load("nowhere.pt", Options)).Message, StringComparison.Ordinal);
        using SequenceEstimator model = PyTorchFile.Load(Fixture.Form("plain.pt"), Options).Estimator;
        byte[] own = model.ToBytes();
        Assert.Contains("needs no import", Assert.Throws<ModelFileException>(
            () => PyTorchFile.Load(own, Options)).Message, StringComparison.Ordinal);
    }

    /// <summary>A header of 640 bytes begins like a pickle, one of 19,280 like a zip archive; both are safetensors files.</summary>
    [Theory]
    [InlineData(640)]
    [InlineData(19_280)]
    public void The_length_of_a_header_does_not_make_a_file_a_pickle(int length)
    {
        byte[] bytes = Fixture.Bytes(Plain);
        int old = (int)BitConverter.ToInt64(bytes);
        Assert.True(old < length || length == 640);
        byte[] padded = old > length
            ? bytes
            : [.. BitConverter.GetBytes((long)length), .. bytes[8..(8 + old)], .. Enumerable.Repeat((byte)' ', length - old),
                .. bytes[(8 + old)..]];
        using SequenceEstimator model = PyTorchFile.Load(padded, Options).Estimator;
        Assert.Equal(1, model.Channels);
    }

    private static float[] Transposed(SequenceEstimator model, int rows)
    {
        using var file = new MemoryStream(model.ToBytes());
        SafetensorsTensor output = SafetensorsReader.Read(file, "m").Tensors.Single(tensor => tensor.Name == "output.w");
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(output.Bytes);
        float[] transposed = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
            transposed[(i % rows * (values.Length / rows)) + (i / rows)] = values[i];
        return transposed;
    }
}
