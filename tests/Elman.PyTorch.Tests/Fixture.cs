using System.Runtime.InteropServices;
using System.Text.Json;
using Elman.Files;

namespace Elman.PyTorch.Tests;

/// <summary>The files that Fixtures/make_fixtures.py wrote with PyTorch.</summary>
internal static class Fixture
{
    private const char Divider = '/';

    private static readonly Safetensors _stacks = SafetensorsReader.Read(PathOf("stacks.safetensors"));

    /// <summary>The stacks, with weights, inputs and outputs.</summary>
    public static IReadOnlyList<StackFixture> Stacks { get; } = [.. ReadStacks()];

    /// <summary>The numbers of steps of the sequences of each stack.</summary>
    public static IReadOnlyList<int> Lengths { get; } =
        [.. JsonDocument.Parse(_stacks.Metadata["lengths"]).RootElement.EnumerateArray().Select(length => length.GetInt32())];

    /// <summary>Returns the path of a file.</summary>
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", name);

    /// <summary>Returns the path of a file of one of the forms of torch.save.</summary>
    public static string Form(string name) => PathOf(Path.Combine("forms", name));

    /// <summary>Returns tensors as the bytes of a file.</summary>
    public static byte[] Bytes(IEnumerable<SafetensorsTensor> tensors)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, new Safetensors([.. tensors], new Dictionary<string, string>()));
        return stream.ToArray();
    }

    /// <summary>Reads the tensors of bytes.</summary>
    public static Dictionary<string, SafetensorsTensor> Tensors(byte[] bytes) =>
        SafetensorsReader.Read(new MemoryStream(bytes), "bytes").Tensors.ToDictionary(tensor => tensor.Name);

    /// <summary>Returns an F32 tensor.</summary>
    public static SafetensorsTensor Tensor(string name, long[] shape, params float[] values)
    {
        float[] all = values.Length > 0 ? values : new float[shape.Aggregate(1L, (product, length) => product * length)];
        return new SafetensorsTensor(name, "F32", shape, MemoryMarshal.AsBytes(all.AsSpan()).ToArray());
    }

    /// <summary>Asserts that tensors have the same names, types, shapes and bits.</summary>
    public static void AssertSame(IEnumerable<SafetensorsTensor> expected, IEnumerable<SafetensorsTensor> actual)
    {
        SafetensorsTensor[] first = [.. expected.OrderBy(tensor => tensor.Name, StringComparer.Ordinal)],
            second = [.. actual.OrderBy(tensor => tensor.Name, StringComparer.Ordinal)];
        Assert.Equal(first.Select(tensor => tensor.Name), second.Select(tensor => tensor.Name));
        foreach ((SafetensorsTensor a, SafetensorsTensor b) in first.Zip(second))
        {
            Assert.Equal(a.ElementType, b.ElementType);
            Assert.Equal(a.Shape, b.Shape);
            Assert.Equal(a.Bytes, b.Bytes);
        }
    }

    private static IEnumerable<StackFixture> ReadStacks()
    {
        ILookup<string, SafetensorsTensor> tensors = _stacks.Tensors.ToLookup(tensor => tensor.Name.Split(Divider)[0]);
        foreach (JsonElement stack in JsonDocument.Parse(_stacks.Metadata["stacks"]).RootElement.EnumerateArray())
        {
            string name = stack.GetProperty("name").GetString()!;
            yield return new StackFixture(name, stack.GetProperty("cell").GetString()!, stack.GetProperty("readout").GetString()!,
                [.. tensors[name].Where(tensor => !tensor.Name.Contains("//"))
                    .Select(tensor => tensor with { Name = tensor.Name[(name.Length + 1)..] })],
                Floats("inputs"), stack.GetProperty("embedded").GetBoolean() ? 1 : 2, Floats("outputs"));

            float[] Floats(string what) => MemoryMarshal.Cast<byte, float>(
                tensors[name].Single(tensor => tensor.Name == $"{name}//{what}").Bytes).ToArray();
        }
    }
}

/// <summary>A stack in PyTorch.</summary>
internal sealed record StackFixture(string Name, string Cell, string Readout, IReadOnlyList<SafetensorsTensor> Tensors, float[] Inputs,
    int Channels, float[] Outputs)
{
    /// <summary>What its state dictionary does not say.</summary>
    public PyTorchLoadOptions Options => new()
    {
        Task = Readout == "every" ? PyTorchTask.Tag : PyTorchTask.Regress,
        Readout = Readout switch { "every" => null, "mean" => Elman.Readout.Mean, "max" => Elman.Readout.Max, _ => Elman.Readout.Last },
        Activation = Cell switch { "tanh" => Activation.Tanh, "relu" => Activation.Relu, _ => null },
        Load = new LoadOptions { Threads = 1 },
    };

    /// <summary>The sequences.</summary>
    public SequenceDataset Data
    {
        get
        {
            var sequences = new List<Sequence>();
            int at = 0;
            foreach (int steps in Fixture.Lengths)
            {
                sequences.Add(new Sequence(Inputs.AsMemory(at, steps * Channels), Channels));
                at += steps * Channels;
            }
            return new SequenceDataset(Channels, [], sequences);
        }
    }
}
