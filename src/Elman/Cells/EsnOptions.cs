using Elman.Cells;
using Elman.Options;

namespace Elman;

/// <summary>
/// <c>esn</c>, the leaky echo-state network (H. Jaeger, 2001; with leak rates, H. Jaeger and others, 2007):
/// <c>h_t = (1 − α)·h_{t−1} + α·f(x_t·Wx + h_{t−1}·Wh + b)</c>. Its weights stay at their initial values; only the output layer is trained,
/// by least squares, in one pass.
/// </summary>
public sealed record EsnOptions : CellOptions
{
    private static readonly OptionDefinition<CellOptions>[] _options =
    [
        CellOption.Activation<EsnOptions>(o => o.Activation, (o, value) => o with { Activation = value }),
        CellOption.Of<EsnOptions, double>(nameof(LeakRate), OptionKind.Number("it must be a number above 0 and at most 1", IsShare),
            o => o.LeakRate, (o, value) => o with { LeakRate = value },
            "leak rate, the share of its new value that a unit takes in a step, above 0 and at most 1; the smaller, the slower",
            rate => FormattableString.Invariant($"leak rate {rate:G4}"), isAlwaysWritten: true),
        CellOption.Of<EsnOptions, double>(nameof(SpectralRadius),
            OptionKind.Number($"it must be a number from 0 to {CellOption.Largest}", value => value >= 0 && float.IsFinite((float)value)),
            o => o.SpectralRadius, (o, value) => o with { SpectralRadius = value },
            "spectral radius of the recurrent weights; the greater, the longer the memory", shapesModel: false),
        CellOption.Of<EsnOptions, double>(nameof(ReservoirDensity), OptionKind.Number("it must be above 0 and at most 1", IsShare),
            o => o.ReservoirDensity, (o, value) => o with { ReservoirDensity = value },
            "share of recurrent weights that are not 0, at least four for each unit", shapesModel: false),
        CellOption.Of<EsnOptions, double>(nameof(InputScale),
            OptionKind.Number($"it must be above 0 and at most {CellOption.Largest}", value => value > 0 && float.IsFinite((float)value)),
            o => o.InputScale, (o, value) => o with { InputScale = value },
            "scale of the inputs; the smaller, the more nearly linear the units", shapesModel: false),
    ];

    /// <inheritdoc/>
    public override string Name => EchoStateCell<TanhActivation>.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<OptionDefinition<CellOptions>> Options => _options;

    /// <inheritdoc/>
    public override bool IsReservoir => true;

    /// <summary>The activation f. Default tanh.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>
    /// The leak rate α, above 0 and at most 1: the weight of the new value in a step; the previous value has weight 1 − α. The smaller it
    /// is, the slower are the changes that a unit follows. Default 0.3.
    /// </summary>
    public double LeakRate { get; init; } = 0.3;

    /// <summary>
    /// The spectral radius of the recurrent weights, at least 0 and finite as a <see langword="float"/>: the larger it is, the longer the
    /// memory; above 1 the influence of the initial state may not decay. Default 0.9.
    /// </summary>
    public double SpectralRadius { get; init; } = ReservoirShape.Default.SpectralRadius;

    /// <summary>
    /// The density of the recurrent weights: the share of a layer's units that are inputs of a unit, above 0 and at most 1; always at least
    /// four units, if there are as many. Default 0.1.
    /// </summary>
    public double ReservoirDensity { get; init; } = ReservoirShape.Default.Density;

    /// <summary>
    /// The strength of the inputs: the standard deviation of <c>x_t·Wx</c> if each input has standard deviation 1, for any number of
    /// inputs; above 0 and finite as a <see langword="float"/>. The smaller it is, the more linear are the units. Default 0.3.
    /// </summary>
    public double InputScale { get; init; } = ReservoirShape.Default.InputScale;

    internal override Activation StateActivation => Activation;

    internal override ReservoirShape Reservoir =>
        ReservoirShape.Default with { SpectralRadius = SpectralRadius, Density = ReservoirDensity, InputScale = InputScale };

    internal override TResult Accept<TResult>(IRecurrentCellVisitor<TResult> visitor) =>
        Activation.Accept(new Visitor<TResult>(visitor, LeakRate));

    private static bool IsShare(double value) => value is > 0 and <= 1;

    private sealed class Visitor<TResult>(IRecurrentCellVisitor<TResult> visitor, double leakRate) : IActivationVisitor<TResult>
    {
        public TResult Visit<TFunction>(TFunction function)
            where TFunction : unmanaged, IActivation => visitor.Visit(new EchoStateCell<TFunction>(function, leakRate));
    }
}
