using System.Numerics;
using Elman.Cells;
using Elman.Files;
using Elman.Kernels;
using Elman.Samples;

namespace Elman.Tests.Cells;

/// <summary>A custom cell supports everything that a built-in one does.</summary>
public sealed class CustomCellTests
{
    private static readonly SequenceDataset _data = Waves.Create(16, seed: 1, ragged: true);
    private static readonly CustomCell _copy = CustomCell.Of<CopiedMinGru>();

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0.2)]
    public void A_copy_of_a_built_in_cell_has_its_bits(bool bidirectional, double zoneout)
    {
        TrainingOptions options = Waves.Quick with
        {
            Cell = new MinGruOptions { ForgetBias = 2 },
            Model = Waves.Quick.Model with { Layers = [5, 5], Bidirectional = bidirectional, Zoneout = zoneout },
        };
        using SequenceClassifier builtIn = new(options), own = new(options with { Cell = _copy with { ForgetBias = 2 } });
        builtIn.Fit(_data);
        own.Fit(_data);
        Assert.Equal(Tensors(builtIn), Tensors(own));
        Assert.Equal("copied-mingru", own.Options.Cell.Name);
        Assert.Equal(builtIn.Layers.Select(layer => layer.Parameters), own.Layers.Select(layer => layer.Parameters));
        if (bidirectional)
            return;
        using SequenceSession session = own.OpenSession();
        foreach (float x in _data[2].Values.Span)
            session.Step([x]);
        Assert.Equal(own.PredictProbabilities(_data[2]), session.Answer.ToArray());
    }

    [Fact]
    public void A_file_names_the_cell_which_is_named_again_on_loading()
    {
        using var saved = new SequenceClassifier(Waves.Quick with { Cell = _copy });
        saved.Fit(_data);
        byte[] file = saved.ToBytes();
        using var loaded = SequenceClassifier.Load(
            file, new LoadOptions { CustomCells = [CustomCell.Of<OwnCell.LightGruCell>(), CustomCell.Of<CopiedMinGru>()] });
        Assert.Equal(file, loaded.ToBytes());
        Assert.Equal(_copy, loaded.Options.Cell);
        Assert.Equal(saved.PredictProbabilities(_data), loaded.PredictProbabilities(_data));
        loaded.PartialFit(_data);
        using var further = new SequenceClassifier(Waves.Quick with { Cell = _copy });
        further.FitFrom(saved, _data);
        Assert.Contains("'copied-mingru' is unknown to this version; if it is a custom cell, name it in LoadOptions.CustomCells",
            Assert.Throws<ModelFileException>(() => SequenceClassifier.Load(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_gradients_of_the_sample_cell_are_those_of_central_differences() =>
        AssertGradients(CustomCell.Of<OwnCell.LightGruCell>());

    [Fact]
    public void The_output_of_a_cell_that_uses_its_memory_alone_has_no_gradient_from_later_steps() =>
        AssertGradients(CustomCell.Of<MemoryAlone>());

    private static void AssertGradients(CustomCell cell)
    {
        using var classifier = new SequenceClassifier(
            Waves.Quick with { Cell = cell, Model = new() { Layers = [3, 2], Readout = Readout.Mean } });
        using Network network = classifier.CreateNetwork(_data);
        int[] batch = [0, 1, 2, 3];
        network.Forward(batch);
        network.Loss();
        network.Backward();
        foreach (NetworkParameter parameter in network.Parameters)
        {
            float[] values = parameter.Values.ToArray(), gradient = parameter.Gradient.ToArray();
            for (int i = 0; i < values.Length; i++)
                Assert.Equal((LossAt(i, 3e-3f) - LossAt(i, -3e-3f)) / 6e-3, gradient[i], 1e-3);

            double LossAt(int i, float step)
            {
                float[] moved = [.. values];
                moved[i] += step;
                parameter.Set(moved);
                network.Forward(batch, training: false);
                double loss = network.Loss();
                parameter.Set(values);
                return loss;
            }
        }
    }

    [Fact]
    public void Options_with_a_custom_cell_are_equal_where_the_cells_are_of_one_type_and_another_cell_replaces_it()
    {
        TrainingOptions own = Waves.Quick with { Cell = _copy };
        Assert.Equal("gru", (own with { Cell = "gru" }).Cell.Name);
        Assert.Empty(own.FindProblems());
        Assert.Empty((own with { Cell = _copy with { ForgetBias = 2 } }).FindProblems());
        Assert.NotEqual(own, own with { Cell = _copy with { ForgetBias = 2 } });
        Assert.NotEqual(own, Waves.Quick);
        Assert.Equal(own, Waves.Quick with { Cell = CustomCell.Of<CopiedMinGru>() });
    }

    [Fact]
    public void What_a_cell_declares_is_checked()
    {
        Refuses<Taken>("its Name is that of a built-in cell");
        Refuses<Nothing>("Products is empty");
        Refuses<Twice>("a gate is in two products");
        Refuses<Beyond>("gates that are not among its 1");
        Refuses<Inner>("HasInner must be true");
        Refuses<Gap>("InputGate of its products must number");

        static void Refuses<TCell>(string what)
            where TCell : unmanaged, IRecurrentCell => Assert.Contains(
                what, Assert.Throws<ArgumentException>(() => CustomCell.Of<TCell>()).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Tensors(SequenceEstimator estimator) =>
        SafetensorsReader.Read(new MemoryStream(estimator.ToBytes()), "m").Tensors
            .OrderBy(tensor => tensor.Name, StringComparer.Ordinal).Select(tensor => $"{tensor.Name} {Convert.ToHexString(tensor.Bytes)}");

    private readonly struct CopiedMinGru : IRecurrentCell
    {
        public static string Name => "copied-mingru";

        public static int GateCount => 2;

        public static int StateCount => 1;

        public static IReadOnlyList<GateProduct> Products { get; } = GateProduct.OfInput(2);

        public static IReadOnlyList<GateActivation> Activations { get; } = [GateActivation.Sigmoid(0)];

        public static ForgetGate? ForgetGate => new(0, -1);

        public static bool PassesOutputOn => true;

        public void Forward<V, T>(ref readonly CellStep<T> step, nint j)
            where V : unmanaged, ILane<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => default(MinGruCell).Forward<V, T>(in step, j);

        public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
            where V : unmanaged, ILane<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => default(MinGruCell).Backward<V, T>(in step, j);
    }

    /// <summary>A leaky memory that is shown by a tanh: <c>c_t = ½·(c_{t−1} + x_t·Wx + b)</c>, <c>h_t = tanh(c_t)</c>.</summary>
    private readonly unsafe struct MemoryAlone : IRecurrentCell
    {
        public static string Name => "memory-alone";

        public static int GateCount => 1;

        public static int StateCount => 2;

        public static IReadOnlyList<GateProduct> Products { get; } = GateProduct.OfInput(1);

        public void Forward<V, T>(ref readonly CellStep<T> step, nint j)
            where V : unmanaged, ILane<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            V c = V.Constant(0.5) * (V.Load(step.Previous + step.UnitStride + j) + V.Load(step.Gates + j));
            Functions.Tanh<V, T>(c).Store(step.Next + j);
            c.Store(step.Next + step.UnitStride + j);
        }

        public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
            where V : unmanaged, ILane<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T* memory = step.StateGradient + step.UnitStride + j;
            V h = V.Load(step.Next + j), dh = V.Load(step.StateGradient + j);
            V half = V.Constant(0.5) * (V.Load(memory) + (dh * (V.Constant(1) - (h * h))));
            half.Store(step.Gates + j);
            half.Store(memory);
        }
    }

    /// <summary>Cells with invalid declarations; they are never run.</summary>
    private interface IDeclared : IRecurrentCell
    {
        void IRecurrentCell.Forward<V, T>(ref readonly CellStep<T> step, nint j) => throw new NotSupportedException();

        void IRecurrentCell.Backward<V, T>(ref readonly CellStep<T> step, nint j) => throw new NotSupportedException();
    }

    private readonly struct Taken : IDeclared
    {
        public static string Name => "GRU";

        public static int GateCount => 1;

        public static int StateCount => 1;

        public static IReadOnlyList<GateProduct> Products => GateProduct.Plain(1);
    }

    private readonly struct Nothing : IDeclared
    {
        public static string Name => "nothing";

        public static int GateCount => 1;

        public static int StateCount => 1;

        public static IReadOnlyList<GateProduct> Products => [];
    }

    private readonly struct Twice : IDeclared
    {
        public static string Name => "twice";

        public static int GateCount => 2;

        public static int StateCount => 1;

        public static IReadOnlyList<GateProduct> Products => [new(0, 2, 0, 0), new(1, 1, 2, 2)];
    }

    private readonly struct Beyond : IDeclared
    {
        public static string Name => "beyond";

        public static int GateCount => 1;

        public static int StateCount => 1;

        public static IReadOnlyList<GateProduct> Products => GateProduct.Plain(2);
    }

    private readonly struct Inner : IDeclared
    {
        public static string Name => "inner";

        public static int GateCount => 1;

        public static int StateCount => 1;

        public static IReadOnlyList<GateProduct> Products => [new(0, 1, 0, 0, Inner: true)];
    }

    private readonly struct Gap : IDeclared
    {
        public static string Name => "gap";

        public static int GateCount => 1;

        public static int StateCount => 1;

        public static IReadOnlyList<GateProduct> Products => [new(0, 1, 1, 0)];
    }
}
