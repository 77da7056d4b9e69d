using Elman.Cells;
using Elman.Layers;

namespace Elman;

/// <summary>A recurrent cell of one's own: see <see cref="Of"/> and <see cref="TrainingOptions.CustomCell"/>.</summary>
/// <remarks>
/// A model file has the cell's name alone; to load it, name the cell again in <see cref="LoadOptions.CustomCells"/>. Equal are cells of the
/// same type and name.
/// </remarks>
public sealed class CustomCell : IEquatable<CustomCell>
{
    private CustomCell(CellEntry entry) => Entry = entry;

    /// <summary>What the cell is called in options, model files and messages: <see cref="IRecurrentCell.Name"/>.</summary>
    public string Name => Entry.Name;

    /// <summary>How layers are made of it.</summary>
    internal CellEntry Entry { get; }

    /// <summary>A cell that is written as a small struct.</summary>
    /// <param name="cell">The struct, with its constants, if it has any; every layer gets a copy.</param>
    /// <typeparam name="TCell">The cell.</typeparam>
    /// <exception cref="ArgumentException">
    /// Its name is empty or that of a built-in cell, or what it declares can't be: a gate that is in two products or that does not exist,
    /// an inner vector that no product takes. The message says what.
    /// </exception>
    public static CustomCell Of<TCell>(TCell cell = default)
        where TCell : unmanaged, IRecurrentCell =>
        Problem<TCell>() is { } problem ? throw new ArgumentException(problem, nameof(cell)) : new(new CustomEntry<TCell>(cell));

    /// <inheritdoc/>
    public bool Equals(CustomCell? other) => other is not null && other.Name == Name && other.Entry.GetType() == Entry.GetType();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CustomCell);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>What can't be about what a cell declares, or <see langword="null"/>.</summary>
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
            _ => null,
        };
        return problem is null ? null : $"The cell {typeof(TCell).Name} can't be: {problem}.";
    }

    /// <summary>Whether ranges of gates are those from 0 on, each once.</summary>
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

    private sealed class CustomEntry<TCell>(TCell cell) : CellEntry
        where TCell : unmanaged, IRecurrentCell
    {
        public override string Name => TCell.Name;

        public override IReadOnlyList<CellOption> Options { get; } = TCell.ForgetGate is null ? [] : [CellOption.ForgetBias];

        public override RecurrentLayer<T> CreateLayer<T>(LayerPlan<T> plan) => plan.Create(cell);
    }
}
