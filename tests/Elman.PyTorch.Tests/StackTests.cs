using Elman.Files;

namespace Elman.PyTorch.Tests;

/// <summary>Stacks of every kind of layer: forward as PyTorch, and written as they were read.</summary>
public sealed class StackTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<int> Stacks => [.. Enumerable.Range(0, Fixture.Stacks.Count)];

    [Fact]
    public void There_are_forty_two_stacks() => Assert.Equal(42, Fixture.Stacks.Count);

    [Theory]
    [MemberData(nameof(Stacks))]
    public void A_stack_computes_what_PyTorch_computes_for_ragged_sequences(int index)
    {
        StackFixture stack = Fixture.Stacks[index];
        PyTorchImport import = PyTorchFile.Load(Fixture.Bytes(stack.Tensors), stack.Options);
        using SequenceEstimator model = import.Estimator;
        CheckOutputs(stack, model);
        Assert.Empty(import.Warnings);
        Assert.Equal(stack.Tensors.Select(tensor => tensor.Name).Order(), import.Tensors.Select(tensor => tensor.Name).Order());
    }

    [Theory]
    [MemberData(nameof(Stacks))]
    public void A_stack_comes_back_bit_for_bit(int index)
    {
        StackFixture stack = Fixture.Stacks[index];
        using SequenceEstimator model = PyTorchFile.Load(Fixture.Bytes(stack.Tensors), stack.Options).Estimator;
        Fixture.AssertSame(stack.Tensors, Exported(model));
    }

    [Theory]
    [MemberData(nameof(Stacks))]
    public void A_stack_comes_back_from_the_model_file_bit_for_bit(int index)
    {
        StackFixture stack = Fixture.Stacks[index];
        using SequenceEstimator model = PyTorchFile.Load(Fixture.Bytes(stack.Tensors), stack.Options).Estimator;
        byte[] file = model.ToBytes();
        using var loaded = SequenceEstimator.LoadAny(file, new LoadOptions { Threads = 1 });
        Fixture.AssertSame(stack.Tensors, Exported(loaded));
        CheckOutputs(stack, loaded);
        Assert.Equal(file, loaded.ToBytes());
        Assert.Equal("9", SafetensorsReader.Read(new MemoryStream(file), "bytes").Metadata["elman.version"]);
    }

    /// <summary>Another model with the names and shapes of this one must not compute the same.</summary>
    [Fact]
    public void Other_weights_give_other_outputs()
    {
        StackFixture stack = Fixture.Stacks[16];
        foreach (SafetensorsTensor changed in stack.Tensors)
        {
            float[] values = [.. Enumerable.Range(0, changed.Bytes.Length / sizeof(float)).Select(i => 0.01f * i)];
            byte[] bytes = Fixture.Bytes(stack.Tensors.Select(
                tensor => tensor == changed ? Fixture.Tensor(changed.Name, changed.Shape, values) : tensor));
            using SequenceEstimator model = PyTorchFile.Load(bytes, stack.Options).Estimator;
            Assert.True(Distance(stack, model) > 100 * Tolerance, changed.Name);
        }
    }

    internal static List<SafetensorsTensor> Exported(SequenceEstimator model)
    {
        using var stream = new MemoryStream();
        PyTorchExport export = PyTorchFile.Save(model, stream);
        List<SafetensorsTensor> tensors = [.. Fixture.Tensors(stream.ToArray()).Values];
        Assert.Equal(export.Tensors.Select(tensor => tensor.Name).Order(), tensors.Select(tensor => tensor.Name).Order());
        return tensors;
    }

    private static void CheckOutputs(StackFixture stack, SequenceEstimator model) =>
        Assert.InRange(Distance(stack, model), 0, Tolerance);

    private static double Distance(StackFixture stack, SequenceEstimator model)
    {
        float[] actual = model is SequenceTagger tagger
            ? [.. tagger.PredictProbabilities(stack.Data).SelectMany(rows => rows.ToArray())]
            : [.. stack.Data.SelectMany(((SequenceRegressor)model).Predict)];
        double[] expected = model is SequenceTagger ? Softmax(stack.Outputs, 3) : [.. stack.Outputs.Select(output => (double)output)];
        Assert.Equal(expected.Length, actual.Length);
        return expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second));
    }

    private static double[] Softmax(float[] scores, int classes) =>
        [.. scores.Chunk(classes).SelectMany(row =>
        {
            double sum = row.Sum(score => Math.Exp(score));
            return row.Select(score => Math.Exp(score) / sum);
        })];
}
