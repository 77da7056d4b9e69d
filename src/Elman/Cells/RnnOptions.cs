using Elman.Cells;

namespace Elman;

/// <summary>
/// <c>rnn</c>, the simple recurrent network (J. Elman, 1990): <c>h_t = f(x_t·Wx + h_{t−1}·Wh + b)</c>.
/// </summary>
public sealed record RnnOptions : CellOptions
{
    private static readonly OptionDefinition<CellOptions>[] _options =
    [
        CellOption.Activation<RnnOptions>(o => o.Activation, (o, value) => o with { Activation = value }),
        CellOption.LayerNorm<RnnOptions>(o => o.LayerNorm, (o, value) => o with { LayerNorm = value }),
    ];

    /// <inheritdoc/>
    public override string Name => SimpleRnnCell<TanhActivation>.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<OptionDefinition<CellOptions>> Options => _options;

    /// <summary>The activation f; after tanh, relu is the fastest. Default tanh.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <inheritdoc cref="LstmOptions.LayerNorm"/>
    public bool LayerNorm { get; init; }

    internal override bool NormalizesGates => LayerNorm;

    internal override Activation StateActivation => Activation;

    internal override TResult Accept<TResult>(IRecurrentCellVisitor<TResult> visitor) =>
        Activation.Accept(new Visitor<TResult>(visitor));

    private sealed class Visitor<TResult>(IRecurrentCellVisitor<TResult> visitor) : IActivationVisitor<TResult>
    {
        public TResult Visit<TFunction>(TFunction function)
            where TFunction : unmanaged, IActivation => visitor.Visit(new SimpleRnnCell<TFunction>(function));
    }
}
