using System.Numerics;
using Elman.Kernels;
using Elman.Models;
using Elman.Packing;
using Elman.Sequences;
using Elman.Tests.Fixtures;
using Elman.Tests.Oracles;

namespace Elman.Tests.Readouts;

/// <summary>Oscillators and their counts compared with NumPy: step by step with stored outputs, and both together.</summary>
public abstract class CountsFixtureModelTests<T>(double relative, double floor)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<string, Readout, bool> Cases => new(
        from fixture in CountsFixture.All
        from readout in fixture.Features.Keys
        from keepsSteps in (bool[])[true, false]
        select (fixture.Name, readout, keepsSteps));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_and_features_agree(string name, Readout readout, bool keepsSteps)
    {
        CountsFixture fixture = CountsFixture.All.Single(fixture => fixture.Name == name);
        using var model = new SequenceModel<T>(fixture.Spec with { Readout = readout });
        foreach (ParameterSlice slice in model.Values.Layout.Slices.Where(slice => !slice.Name.StartsWith(
            "output", StringComparison.Ordinal)))
            fixture.Weights[slice.Name].Take(slice.Count).Select(T.CreateChecked).ToArray().CopyTo(model.Values.Span(slice));
        model.Pack(forTraining: false);
        int features = fixture.Spec.InputSize, width = fixture.Spec.WidthOf(0);
        var data = new SequenceDataset(
            features, [], fixture.Sequences.Select(x => new Sequence(x.Select(value => (float)value).ToArray(), features)));
        using var batch = new SequenceBatch<T>();
        batch.Fill(data, [.. Enumerable.Range(0, data.Count)], null);
        using var tape = new ModelTape<T>(keepsSteps);
        using var workers = new Workers(1);
        model.Forward(batch, tape, workers);

        T[] actual = model.Features(batch, tape).Span.ToArray();
        int size = actual.Length / data.Count;
        for (int place = 0; place < batch.Count; place++)
        {
            int sequence = batch.Order[place];
            Agree($"features of sequence {sequence}", fixture.Features[readout][(sequence * size)..][..size],
                actual[(place * size)..][..size]);
            for (int t = 0; t < batch.Lengths[place] && keepsSteps; t++)
                Agree($"outputs of step {t}", fixture.Outputs[sequence][(t * width)..][..width],
                    tape.Layer(0).Outputs.Span.Slice((batch.RowOf(t) + place) * width, width).ToArray());
        }
    }

    private void Agree(string what, double[] expected, T[] actual) =>
        Close.Assert(what, expected, [.. actual.Select(double.CreateChecked)], relative, floor);
}

public sealed class DoubleCountsFixtureModelTests() : CountsFixtureModelTests<double>(relative: 1e-12, floor: 1e-13);

public sealed class FloatCountsFixtureModelTests() : CountsFixtureModelTests<float>(relative: 1e-5, floor: 1e-6);
