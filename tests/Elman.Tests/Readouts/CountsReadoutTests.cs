using Elman.Cells;
using Elman.Kernels;
using Elman.Models;
using Elman.Models.Streaming;
using Elman.Packing;
using Elman.Readouts;
using Elman.Recurrent;
using Elman.Sequences;
using Elman.Tests.Kernels;

namespace Elman.Tests.Readouts;

/// <summary>The contract of a counting readout: the same bits, however the outputs arrive.</summary>
public sealed class CountsReadoutTests
{
    private static readonly int[] _ragged = [3, 9, 1, 9, 2, 5, 270, 4, 1, 6, 7, 513];

    private static readonly int[] _short = [3, 9, 1, 40, 2, 5, 4, 1, 6, 7, 17];

    private static readonly Readout[] _kinds = [Readout.Counts, Readout.CountsHalves, Readout.CountsFull];

    private static readonly Dictionary<string, ModelSpec> _structures = new()
    {
        ["oscillator"] = Of("oscillator", 5),
        ["oscillator both ways"] = Of("oscillator", 5) with { Bidirectional = true },
        ["oscillator both ways, summed"] = Of("oscillator", 5) with { Bidirectional = true, Merge = DirectionMerge.Sum },
        ["two layers of oscillators"] = Of("oscillator", 6, 5),
        ["two layers of oscillators both ways"] = Of("oscillator", 6, 5) with { Bidirectional = true },
        ["two layers of oscillators, residual"] = Of("oscillator", 5, 5) with { Residual = true },
        ["delays"] = Of("delays", 5),
        ["delays both ways"] = Of("delays", 5) with { Bidirectional = true },
        ["two layers of delays, residual"] = Of("delays", 5, 5) with { Residual = true },
        ["mixed oscillators"] = Mixed(5),
        ["mixed oscillators both ways"] = Mixed(21) with { Bidirectional = true },
        ["mixed oscillators both ways, averaged"] = Mixed(18) with { Bidirectional = true, Merge = DirectionMerge.Mean },
        ["two layers of mixed oscillators"] = Mixed(20, 35),
        ["esn"] = Of("esn", 5),
        ["esn both ways"] = Of("esn", 5) with { Bidirectional = true },
    };

    public static TheoryData<string, Readout> Structures =>
        new(from structure in _structures.Keys from kind in _kinds select (structure, kind));

    public static TheoryData<Readout, string> KindsAndSets =>
        new(from kind in _kinds from set in KernelCatalog.All<float>() select (kind, set.Name));

    [Theory]
    [MemberData(nameof(KindsAndSets))]
    public void Every_kernel_set_gives_the_bits_of_the_scalar_one(Readout kind, string set)
    {
        string[] structures = ["oscillator", "oscillator both ways", "mixed oscillators", "mixed oscillators both ways", "delays",
            "delays both ways", "esn"];
        foreach (string structure in structures)
        {
            foreach (int units in (int[])[1, 3, 4, 5, 8, 9, 15, 16, 17, 31, 33])
            {
                ModelSpec spec = _structures[structure] with { Readout = kind, Layers = [units] };
                float[] expected = Features(spec, _short, keepsSteps: true, kernels: "scalar");
                SameBits.Assert<float>(expected, Features(spec, _short, keepsSteps: true, kernels: set));
                SameBits.Assert<float>(expected, Features(spec, _short, keepsSteps: false, kernels: set));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void Threads_windows_and_other_sequences_change_no_bit(string structure, Readout kind)
    {
        ModelSpec spec = _structures[structure] with { Readout = kind };
        float[] expected = Features(spec, _ragged, keepsSteps: true);
        int size = expected.Length / _ragged.Length;
        for (int threads = 1; threads <= 3; threads++)
            SameBits.Assert<float>(expected, Features(spec, _ragged, keepsSteps: false, threads));
        for (int i = 0; i < _ragged.Length; i++)
            SameBits.Assert<float>(expected.AsSpan(i * size, size), Features(spec, _ragged, keepsSteps: false, only: i));
        foreach (int window in (int[])[1, 2, 7, 256, 300])
            if (!spec.Bidirectional)
                SameBits.Assert<float>(expected, Features(spec, _ragged, keepsSteps: false, window: window));
    }

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(2, true, false)]
    [InlineData(2, true, true)]
    [InlineData(3, false, false)]
    [InlineData(150, true, false)]
    [InlineData(150, false, true)]
    public void Threads_that_share_units_or_sequences_give_the_same_bits(int sequences, bool bidirectional, bool mixed)
    {
        ModelSpec spec = (mixed ? Mixed(200) : Of("oscillator", 200)) with
        {
            Readout = Readout.CountsFull,
            Bidirectional = bidirectional,
        };
        int[] lengths = [.. Enumerable.Range(0, sequences).Select(i => 1 + (i * 37 % 150)), 130];
        float[] expected = Features(spec, lengths, keepsSteps: true);
        foreach (int threads in (int[])[1, 2, 3, 5])
            SameBits.Assert<float>(expected, Features(spec, lengths, keepsSteps: false, threads));
    }

    [Fact]
    public void Long_rows_of_inputs_and_many_short_sequences_give_the_same_bits()
    {
        ModelSpec spec = Of("oscillator", 9) with { Readout = Readout.CountsHalves, Bidirectional = true, InputSize = 70 };
        int[] lengths = [.. Enumerable.Range(0, 90).Select(i => 1 + (i % 13))];
        SameBits.Assert<float>(Features(spec, lengths, keepsSteps: true), Features(spec, lengths, keepsSteps: false, threads: 2));
    }

    [Theory]
    [InlineData("oscillator", "counts")]
    [InlineData("oscillator", "counts-full")]
    [InlineData("two layers of oscillators", "counts-full")]
    [InlineData("mixed oscillators", "counts")]
    [InlineData("mixed oscillators", "counts-full")]
    [InlineData("two layers of mixed oscillators", "counts-full")]
    [InlineData("two layers of oscillators, residual", "counts")]
    [InlineData("delays", "counts")]
    [InlineData("two layers of delays, residual", "counts-full")]
    [InlineData("esn", "counts")]
    [InlineData("esn", "counts-full")]
    public void At_every_step_a_stream_has_the_bits_of_the_sequence_so_far(string structure, string kind)
    {
        ModelSpec spec = _structures[structure] with { Readout = Readout.Parse(kind) };
        using SequenceModel<float> model = Create(spec, "");
        SequenceDataset data = Data(spec.InputSize, [530]);
        using var stream = new ModelStream<float>(model);
        using var batch = new SequenceBatch<float>();
        using var tape = new ModelTape<float>(keepsSteps: false);
        using var workers = new Workers(1);
        for (int t = 0; t < data[0].Steps; t++)
        {
            stream.Step(data[0].Values.Span.Slice(t * spec.InputSize, spec.InputSize));
            batch.Fill(
                new SequenceDataset(spec.InputSize, [], [new Sequence(data[0].Values[..((t + 1) * spec.InputSize)], spec.InputSize)]),
                [0], null);
            model.Forward(batch, tape, workers);
            SameBits.Assert<float>(tape.Logits.Span, stream.Logits());
        }
    }

    [Fact]
    public void Halves_are_refused_on_a_stream()
    {
        using SequenceModel<float> model = Create(Of("oscillator", 5) with { Readout = Readout.CountsHalves }, "");
        string message = Assert.Throws<ArgumentException>(() => new ModelStream<float>(model)).Message;
        Assert.StartsWith("This model counts both halves of a sequence, and where the second begins is not known before the last step has "
            + "come: it can't stream.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("counts", false)]
    [InlineData("counts-full", false)]
    [InlineData("counts-full", true)]
    public void A_pass_and_a_step_of_a_stream_allocate_nothing(string kind, bool mixed)
    {
        ModelSpec spec = (mixed ? Mixed(17) : Of("oscillator", 17)) with { Readout = Readout.Parse(kind) };
        using SequenceModel<float> model = Create(spec, "");
        using var stream = new ModelStream<float>(model);
        using var batch = new SequenceBatch<float>();
        batch.Fill(Data(spec.InputSize, _ragged), [.. Enumerable.Range(0, _ragged.Length)], null);
        using var tape = new ModelTape<float>(keepsSteps: false);
        using var workers = new Workers(1);
        float[] x = [1, 2];
        Pass();
        Step();
        Assert.Equal(0, Allocations.Of(Step));
        Assert.Equal(0, Allocations.Of(Pass));

        void Pass() => model.Forward(batch, tape, workers);

        void Step()
        {
            stream.Step(x);
            stream.Logits();
        }
    }

    [Fact]
    public void Counts_have_no_gradient()
    {
        using SequenceModel<float> model = Create(Of("oscillator", 5) with { Readout = Readout.Counts }, "");
        using var batch = new SequenceBatch<float>();
        batch.Fill(Data(2, [3]), [0], null);
        using var tape = new ModelTape<float>(keepsSteps: true);
        using var workers = new Workers(1);
        using var gradients = new Parameters<float>(model.Values.Layout);
        model.Forward(batch, tape, workers);
        tape.LogitsGradient.Resize(tape.Logits.Length);
        tape.LogitsGradient.Clear();
        Assert.Throws<NotSupportedException>(() => model.Backward(batch, tape, gradients, workers));
    }

    /// <summary>Returns the features of every sequence, in the order of the lengths.</summary>
    private static float[] Features(
        ModelSpec spec, int[] lengths, bool keepsSteps, int threads = 1, string kernels = "", int only = -1, int window = 0)
    {
        using SequenceModel<float> model = Create(spec, kernels);
        int[] indices = only < 0 ? [.. Enumerable.Range(0, lengths.Length)] : [only];
        using var batch = new SequenceBatch<float>();
        batch.Fill(Data(spec.InputSize, lengths), indices, null);
        using var tape = new ModelTape<float>(keepsSteps);
        using var workers = new Workers(threads);
        if (window == 0)
            model.Forward(batch, tape, workers);
        else
            for (int first = 0; first < batch.Steps; first += window)
                model.Forward(LayerWindow<float>.Of(batch, first, Math.Min(first + window, batch.Steps)), tape, workers);
        float[] features = model.Features(batch, tape).Span.ToArray(), ordered = new float[features.Length];
        int size = features.Length / batch.Count;
        Assert.Equal(model.Readout.FeatureSize, size);
        for (int place = 0; place < batch.Count; place++)
            features.AsSpan(place * size, size).CopyTo(ordered.AsSpan(batch.Order[place] * size));
        return ordered;
    }

    private static ModelSpec Of(string cell, params int[] units) =>
        new() { Cell = cell, InputSize = 2, Layers = LayerSizes.Create(units), OutputSize = 3 };

    private static ModelSpec Mixed(params int[] units) =>
        Of("oscillator", units) with { Cell = new OscillatorOptions { Mix = true } };

    /// <summary>Creates a model with initial weights, and with random thresholds of the magnitude of its outputs.</summary>
    private static SequenceModel<float> Create(ModelSpec spec, string kernels)
    {
        var model = new SequenceModel<float>(spec, KernelCatalog.Choose<float>(kernels));
        var random = new SeededRandom(3);
        model.Initialize(WeightInitialization.Rotation, random, reservoir: ReservoirShape.Default with { MedianSteps = 60 });
        foreach (ref float threshold in model.Values.Span(((CountsReadout<float>)model.Readout).Thresholds))
            threshold = (float)random.NextNormal();
        model.Pack(forTraining: true);
        return model;
    }

    private static SequenceDataset Data(int channels, int[] lengths)
    {
        var random = new SeededRandom(11);
        return new SequenceDataset(channels, [], lengths.Select(steps => new Sequence(
            Enumerable.Range(0, steps * channels).Select(_ => (float)random.NextNormal()).ToArray(), channels)));
    }
}
