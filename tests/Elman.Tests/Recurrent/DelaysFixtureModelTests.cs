using System.Numerics;
using Elman.Kernels;
using Elman.Models;
using Elman.Packing;
using Elman.Recurrent;
using Elman.Sequences;
using Elman.Tests.Fixtures;
using Elman.Tests.Oracles;

namespace Elman.Tests.Recurrent;

/// <summary>The outputs of delay lines compared with convolutions in NumPy, for whole sequences and for windows of a few steps.</summary>
public abstract class DelaysFixtureModelTests<T>(double relative, double floor)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<string, int> Cases =>
        new(from fixture in DelaysFixture.All from window in (int[])[0, 1, 5] select (fixture.Name, window));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_agree_at_every_step(string name, int window)
    {
        DelaysFixture fixture = DelaysFixture.All.Single(fixture => fixture.Name == name);
        using var model = new SequenceModel<T>(fixture.Spec with { Readout = Readout.Mean });
        foreach (ParameterSlice slice in model.Values.Layout.Slices.Where(slice => slice.Name.StartsWith("rnn", StringComparison.Ordinal)))
            fixture.Weights[slice.Name].Select(T.CreateChecked).ToArray().CopyTo(model.Values.Span(slice));
        model.Pack(forTraining: false);
        int features = fixture.Spec.InputSize, width = fixture.Spec.WidthOf(0);
        var data = new SequenceDataset(
            features, [], fixture.Sequences.Select(x => new Sequence(x.Select(value => (float)value).ToArray(), features)));
        using var batch = new SequenceBatch<T>();
        batch.Fill(data, [.. Enumerable.Range(0, data.Count)], null);
        using var tape = new ModelTape<T>(keepsSteps: false);
        using var workers = new Workers(2);
        int length = window == 0 || fixture.Spec.Bidirectional ? batch.Steps : window;
        for (int first = 0; first < batch.Steps; first += length)
        {
            LayerWindow<T> steps = LayerWindow<T>.Of(batch, first, Math.Min(first + length, batch.Steps));
            model.Forward(steps, tape, workers);
            T[] outputs = tape.Layer(0).Outputs.Span.ToArray();
            for (int t = first; t < steps.EndStep; t++)
            {
                for (int place = 0; place < batch.ActiveAt(t); place++)
                {
                    double[] expected = fixture.Outputs[batch.Order[place]][(t * width)..][..width];
                    double[] actual = [.. outputs[((batch.RowOf(t) - steps.FirstRow + place) * width)..][..width].Select(
                        double.CreateChecked)];
                    Close.Assert($"outputs of step {t}", expected, actual, relative, floor);
                }
            }
        }
    }
}

public sealed class DoubleDelaysFixtureModelTests() : DelaysFixtureModelTests<double>(relative: 1e-12, floor: 1e-13);

public sealed class FloatDelaysFixtureModelTests() : DelaysFixtureModelTests<float>(relative: 1e-5, floor: 1e-5);
