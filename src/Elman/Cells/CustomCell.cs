using Elman.Cells;

namespace Elman;

/// <summary>A custom recurrent cell: <c>Cell = CustomCell.Of&lt;MyCell&gt;()</c>. It is trained by gradients.</summary>
/// <remarks>
/// A model file contains only the cell's name; to load it, list the cell in <see cref="LoadOptions.CustomCells"/>. Cells of the
/// same type and <see cref="ForgetBias"/> are equal; the constants of the struct are not compared.
/// </remarks>
public abstract record CustomCell : CellOptions
{
    private protected CustomCell()
    {
    }

    /// <summary>
    /// The initial bias of the forget gate, if the cell has one (<see cref="IRecurrentCell.ForgetGate"/>). Finite as a
    /// <see langword="float"/>. Default 1.
    /// </summary>
    public double ForgetBias { get; init; } = DefaultForgetBias;

    internal override double InitialForgetBias => ForgetBias;

    /// <summary>Creates a cell from a small struct.</summary>
    /// <param name="cell">The struct, with its constants, if any; every layer gets a copy.</param>
    /// <typeparam name="TCell">The type of the cell.</typeparam>
    /// <exception cref="ArgumentException">
    /// The name is empty or that of a built-in cell, or the declarations contradict each other: for example, a gate is in two products or
    /// does not exist, or no product uses the inner vector. The message names the problem.
    /// </exception>
    public static CustomCell Of<TCell>(TCell cell = default)
        where TCell : unmanaged, IRecurrentCell =>
        Problem<TCell>() is { } problem ? throw new ArgumentException(problem, nameof(cell)) : new Typed<TCell> { Cell = cell };

    /// <summary>Returns the problem of a cell's declarations, or <see langword="null"/>.</summary>
    private static string? Problem<TCell>()
        where TCell : unmanaged, IRecurrentCell
    {
        IReadOnlyList<GateProduct> products = TCell.Products;
        string? problem = products switch
        {
            _ when string.IsNullOrWhiteSpace(TCell.Name) => "its Name is empty",
            _ when CellCatalog.Find(TCell.Name) is not null => "its Name is that of a built-in cell",
            _ when TCell.GateCount < 1 || TCell.StateCount < 1 => "GateCount and StateCount must be at least 1",
            _ when TCell.OutputCount < 1 || TCell.OutputCount > TCell.StateCount => "OutputCount must be from 1 to StateCount",
            _ when TCell.DiagonalWeightCount < 0 => "DiagonalWeightCount is negative",
            _ when TCell.MaskCount != 0 => "MaskCount is for zoneout, which the library adds; leave it at 0",
            _ when products.Count == 0 => "Products is empty: its gates come from nowhere",
            _ when products.Any(p => p.Count < 1 || p.FirstGate < 0 || p.FirstGate + p.Count > TCell.GateCount) =>
                $"a product has gates that are not among its {TCell.GateCount}",
            _ when products.SelectMany(p => Enumerable.Range(p.FirstGate, p.Count)).GroupBy(gate => gate).Any(g => g.Count() > 1) =>
                "a gate is in two products",
            _ when products.Any(p => !p.HasInput && p.RecurrentGate == GateProduct.None) => "a product has neither input nor output",
            _ when !IsWhole(products.Where(p => p.HasInput).Select(p => (p.InputGate, p.Count))) =>
                "InputGate of its products must number the gates of Wx from 0 on, each once",
            _ when !IsWhole(products.Where(p => p.RecurrentGate != GateProduct.None).Select(p => (p.RecurrentGate, p.Count))) =>
                "RecurrentGate of its products must number the gates of Wh from 0 on, each once",
            _ when products.Any(p => p.Inner) != TCell.HasInner => "HasInner must be true where a product is Inner, and only there",
            _ when TCell.OutputCount > 1 && products.Any(p => p.RecurrentGate != GateProduct.None) =>
                "OutputCount above 1 is for cells whose gates see the input alone",
            _ when TCell.Activations.Any(a => a.Count < 1 || a.FirstGate < 0 || a.FirstGate + a.Count > TCell.GateCount) =>
                $"an activation has gates that are not among its {TCell.GateCount}",
            _ when products.Count(p => p.RecurrentGate != GateProduct.None && !p.Inner) > 2 =>
                "at most two of its products may use the output",
            _ when products.Count(p => p.Inner) > 2 => "at most two of its products may use the inner vector",
            _ when TCell.HasInner && !TCell.PassesOutputOn => "PassesOutputOn must be true where HasInner is",
            _ => null,
        };
        return problem is null ? null : $"The cell {typeof(TCell).Name} can't be: {problem}.";
    }

    /// <summary>Whether ranges cover the gates from 0 on, each exactly once.</summary>
    private static bool IsWhole(IEnumerable<(int First, int Count)> ranges)
    {
        int next = 0;
        foreach ((int first, int count) in ranges.OrderBy(range => range.First))
        {
            if (first != next)
                return false;
            next += count;
        }
        return true;
    }

    private sealed record Typed<TCell> : CustomCell
        where TCell : unmanaged, IRecurrentCell
    {
        private static readonly OptionDefinition<CellOptions>[] _options = TCell.ForgetGate is null
            ? []
            : [CellOption.ForgetBias<Typed<TCell>>(o => o.ForgetBias, (o, value) => o with { ForgetBias = value })];

        public TCell Cell { get; init; }

        public override string Name => TCell.Name;

        public override IReadOnlyList<OptionDefinition<CellOptions>> Options => _options;

        /// <remarks>The struct is not compared: cells of the same type and options are the same cell.</remarks>
        public bool Equals(Typed<TCell>? other) => base.Equals(other);

        public override int GetHashCode() => base.GetHashCode();

        private protected override CellOptions Plain => new Typed<TCell> { Cell = Cell };

        internal override TResult Accept<TResult>(IRecurrentCellVisitor<TResult> visitor) => visitor.Visit(Cell);

        internal override IEnumerable<string> FindProblems() => TCell.ForgetGate is null && ForgetBias != DefaultForgetBias
            ? [$"ForgetBias is for cells with a forget gate; {Name} has none."]
            : base.FindProblems();
    }
}
