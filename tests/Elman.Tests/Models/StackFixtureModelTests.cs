using System.Numerics;
using Elman.Kernels;
using Elman.Losses;
using Elman.Models;
using Elman.Packing;
using Elman.Recurrent;
using Elman.Sequences;
using Elman.Tests.Fixtures;
using Elman.Tests.Oracles;

namespace Elman.Tests.Models;

/// <summary>Stacks of every depth, direction and readout compared with results of PyTorch in double precision.</summary>
public abstract class StackFixtureModelTests<T>(double relative, double floor)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Theory]
    [MemberData(nameof(StackFixture.Names), MemberType = typeof(StackFixture))]
    public void Logits_last_states_loss_and_gradients_agree(string name)
    {
        StackFixture fixture = StackFixture.Get(name);
        using var model = new SequenceModel<T>(fixture.Spec);
        foreach (ParameterSlice slice in model.Values.Layout.Slices)
            fixture.Initial[slice.Name].Select(T.CreateChecked).ToArray().CopyTo(model.Values.Span(slice));
        model.Pack(forTraining: true);
        using SequenceBatch<T> batch = Batch(fixture);
        using var tape = new ModelTape<T>(keepsSteps: true);
        using var workers = new Workers(2);
        using var gradients = new Parameters<T>(model.Values.Layout);

        model.Forward(batch, tape, workers);
        Agree("logits", fixture.Logits,
            InOrder(batch, place => tape.Logits.Span.Slice(place * fixture.Spec.OutputSize, fixture.Spec.OutputSize)));
        AgreeOnStates(fixture, model, batch, tape);

        tape.LogitsGradient.Resize(tape.Logits.Length);
        double loss = CrossEntropy.Evaluate(tape.Logits.Span, batch.Labels, tape.LogitsGradient.Span).Loss;
        model.Backward(batch, tape, gradients, workers);
        Agree("loss", [fixture.Loss], [loss]);
        foreach (ParameterSlice slice in model.Values.Layout.Slices)
            Close.Assert(slice.Name, fixture.Gradients[slice.Name], Doubles(gradients.Span(slice)), relative, FloorOf(slice));
    }

    /// <summary>The gradients of a sequence's attention scores add up to 0, so they cancel and lose one more digit.</summary>
    private double FloorOf(ParameterSlice slice) => slice.Name.StartsWith("attention.", StringComparison.Ordinal) ? 100 * floor : floor;

    private void AgreeOnStates(StackFixture fixture, SequenceModel<T> model, SequenceBatch<T> batch, ModelTape<T> tape)
    {
        var tapes = Enumerable.Range(0, model.Layers.Count).SelectMany(level =>
            fixture.Spec.Bidirectional ? new[] { tape.Layer(level).FromStart, tape.Layer(level).FromEnd } : [tape.Layer(level).FromStart]);
        foreach ((RecurrentLayer<T> layer, RecurrentTape<T> states, int i) in model.RecurrentLayers.Zip(
            tapes, Enumerable.Range(0, int.MaxValue)))
        {
            LayerShape shape = layer.Shape;
            Agree($"h of layer {i}", fixture.LastStates[i],
                InOrder(batch, place => states.Final.Span.Slice((place * shape.StateSize) + shape.OutputOffset, shape.OutputSize)));
            if (fixture.LastMemories.Count > 0)
                Agree($"c of layer {i}", fixture.LastMemories[i],
                    InOrder(batch, place => states.Final.Span.Slice((place * shape.StateSize) + shape.UnitStride, shape.HiddenSize)));
        }
    }

    private static SequenceBatch<T> Batch(StackFixture fixture)
    {
        int features = fixture.Spec.InputSize;
        var data = new SequenceDataset(
            features,
            Enumerable.Range(0, fixture.Spec.OutputSize).Select(c => $"{c}"),
            fixture.Sequences.Zip(fixture.Labels, (x, label) => new Sequence(x.Select(value => (float)value).ToArray(), features, label)));
        var batch = new SequenceBatch<T>();
        batch.Fill(data, [.. Enumerable.Range(0, data.Count)], null);
        return batch;
    }

    private static double[] InOrder(SequenceBatch<T> batch, Func<int, Span<T>> row)
    {
        int[] placeOf = new int[batch.Count];
        for (int place = 0; place < batch.Count; place++)
            placeOf[batch.Order[place]] = place;
        return [.. placeOf.SelectMany(place => Doubles(row(place)))];
    }

    private static double[] Doubles(ReadOnlySpan<T> values) => [.. values.ToArray().Select(double.CreateChecked)];

    private void Agree(string what, double[] expected, double[] actual) => Close.Assert(what, expected, actual, relative, floor);
}

public sealed class DoubleStackFixtureModelTests() : StackFixtureModelTests<double>(relative: 1e-10, floor: 1e-13)
{
    [Theory]
    [MemberData(nameof(StackFixture.Names), MemberType = typeof(StackFixture))]
    public void The_weights_have_the_names_and_shapes_of_the_fixture(string name)
    {
        StackFixture fixture = StackFixture.Get(name);
        using var model = new SequenceModel<double>(fixture.Spec);
        Assert.Equal(
            fixture.Tensors.Select(tensor => $"{tensor.Name} [{string.Join(", ", tensor.Shape)}]"),
            model.Values.Layout.Slices.Select(slice => $"{slice.Name} [{string.Join(", ", slice.Shape)}]"));
    }

    [Fact]
    public void Every_cell_comes_in_every_depth_direction_and_readout() => Assert.Equal(
        3 * 3 * 2 + 3 * 4,
        StackFixture.All.Select(fixture =>
            (fixture.Spec.Cell.Name, fixture.Spec.Layers.Count, fixture.Spec.Bidirectional)).Distinct().Count()
        + StackFixture.All.Select(fixture => (fixture.Spec.Cell.Name, fixture.Spec.Readout)).Distinct().Count());
}

public sealed class FloatStackFixtureModelTests() : StackFixtureModelTests<float>(relative: 1e-5, floor: 1e-6);
