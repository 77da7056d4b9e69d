using Elman.Cells;

namespace Elman;

/// <summary>
/// A recurrent cell with its options: <see cref="RnnOptions"/>, <see cref="GruOptions"/>, <see cref="LstmOptions"/> and others.
/// A name alone stands for a cell with its defaults: <c>Cell = "lstm"</c>.
/// </summary>
public abstract record CellOptions
{
    /// <summary>The first bias of a forget gate, where nothing else is chosen.</summary>
    internal const double DefaultForgetBias = 1;

    /// <summary>Units of the only layer of most cells, where none are chosen.</summary>
    internal const int UsualUnits = 96;

    private protected CellOptions()
    {
    }

    /// <summary>Every cell with its defaults, in the order in which help lists them.</summary>
    public static IReadOnlyList<CellOptions> All => CellCatalog.All;

    /// <summary>The name in options, model files and the tool, such as <c>lstm</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The definitions of its own options, in the order in which a model file lists them.</summary>
    public abstract IReadOnlyList<OptionDefinition<CellOptions>> Options { get; }

    /// <summary>
    /// Whether the weights stay as they are drawn, so that the output layer alone is learned, in one pass: then what belongs to training
    /// by gradients must be at its default.
    /// </summary>
    public virtual bool IsReservoir => false;

    /// <summary>The cell of a name, in any case, with its defaults.</summary>
    /// <param name="name">Such as <c>lstm</c>; an unknown name is found by <see cref="TrainingOptions.FindProblems"/>.</param>
    public static implicit operator CellOptions(string name) => FromString(name);

    /// <inheritdoc cref="op_Implicit(string)"/>
    public static CellOptions FromString(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return CellCatalog.Find(name) ?? new UnknownCell(name);
    }

    /// <summary>The definition of one of its options, or <see langword="null"/> where the cell does not have it.</summary>
    /// <param name="name">The name of the property.</param>
    public OptionDefinition<CellOptions>? FindOption(string name) => Options.FirstOrDefault(option => option.Name == name);

    /// <summary>The name.</summary>
    public sealed override string ToString() => Name;

    /// <summary>Numbers that are made of the output before anything sees it; 0 where it stays as it is.</summary>
    internal virtual int ProjectionSize => 0;

    /// <summary>Whether the units of each gate are normalised before the gate's function.</summary>
    internal virtual bool NormalizesGates => false;

    /// <summary>Whether gates have the functions that cells are compiled with.</summary>
    internal virtual bool HasPlainGates => true;

    /// <summary>The activation of the state, where it can be chosen.</summary>
    internal virtual Activation? StateActivation => null;

    /// <summary>The first bias of the forget gate, where there is one.</summary>
    internal virtual double InitialForgetBias => DefaultForgetBias;

    /// <summary>What the weights of a reservoir are drawn like.</summary>
    internal virtual ReservoirShape Reservoir => ReservoirShape.Default;

    /// <summary>
    /// Units of its only layer where nothing else is chosen, of both directions together where they stand beside each other.
    /// </summary>
    /// <param name="featuresOfAUnit">Numbers that the readout makes of a unit.</param>
    internal virtual int DefaultUnits(int featuresOfAUnit) => UsualUnits;

    /// <summary>The same cell without a projection.</summary>
    internal virtual CellOptions WithoutProjection() => this;

    /// <summary>The cell itself, as compiled code takes it.</summary>
    internal virtual TResult Accept<TResult>(IRecurrentCellVisitor<TResult> visitor) =>
        throw new NotSupportedException($"{Name} is not made of a single recurrent cell.");

    /// <summary>What is wrong with its options, one sentence each.</summary>
    internal virtual IEnumerable<string> FindProblems() => Options.Select(option => option.FindProblem(this)).OfType<string>();

    /// <summary>The same cell, but options that do not shape a model at their defaults.</summary>
    internal CellOptions ShapeAlone => this is UnknownCell or AutoOptions ? this
        : WithThose(option => !option.ShapesModel, Plain);

    /// <summary>The same cell with every option at its default.</summary>
    private protected virtual CellOptions Plain => CellCatalog.Find(Name)!;

    /// <summary>The same cell, with some of its options as another of the same name has them.</summary>
    internal CellOptions WithThose(Predicate<OptionDefinition<CellOptions>> which, CellOptions other) => Options
        .Where(option => which(option))
        .Aggregate(this, (cell, option) => option.With(cell, option.ValueOf(other)));
}
