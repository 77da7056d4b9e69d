using Elman.Cells;

namespace Elman;

/// <summary>
/// <c>indrnn</c>, the independently recurrent network (S. Li and others, 2018): <c>h_t = f(x_t·Wx + u∘h_{t−1} + b)</c>. The only recurrent
/// input of a unit is its own previous output.
/// </summary>
public sealed record IndRnnOptions : CellOptions
{
    private static readonly OptionDefinition<CellOptions>[] _options =
        [CellOption.Activation<IndRnnOptions>(o => o.Activation, (o, value) => o with { Activation = value })];

    /// <inheritdoc/>
    public override string Name => IndRnnCell<TanhActivation>.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<OptionDefinition<CellOptions>> Options => _options;

    /// <summary>The activation f. Default tanh.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    internal override Activation StateActivation => Activation;

    internal override TResult Accept<TResult>(IRecurrentCellVisitor<TResult> visitor) =>
        Activation.Accept(new Visitor<TResult>(visitor));

    private sealed class Visitor<TResult>(IRecurrentCellVisitor<TResult> visitor) : IActivationVisitor<TResult>
    {
        public TResult Visit<TFunction>(TFunction function)
            where TFunction : unmanaged, IActivation => visitor.Visit(new IndRnnCell<TFunction>(function));
    }
}
