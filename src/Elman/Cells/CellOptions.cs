using Elman.Cells;

namespace Elman;

/// <summary>
/// A recurrent cell with its options: <see cref="RnnOptions"/>, <see cref="GruOptions"/>, <see cref="LstmOptions"/> and others.
/// A name alone stands for a cell with its defaults: <c>Cell = "lstm"</c>.
/// </summary>
public abstract record CellOptions
{
    /// <summary>The default initial bias of a forget gate.</summary>
    internal const double DefaultForgetBias = 1;

    /// <summary>The default number of units of most cells, in one layer.</summary>
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
    /// Whether the recurrent weights stay at their random initial values, so that only the output layer is trained, in one pass. The
    /// options of training by gradients must then be at their defaults.
    /// </summary>
    public virtual bool IsReservoir => false;

    /// <summary>Returns the cell with a name, with its defaults; case is ignored.</summary>
    /// <param name="name">The name, such as <c>lstm</c>; an unknown name is reported by <see cref="TrainingOptions.FindProblems"/>.</param>
    public static implicit operator CellOptions(string name) => FromString(name);

    /// <inheritdoc cref="op_Implicit(string)"/>
    public static CellOptions FromString(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return CellCatalog.Find(name) ?? new UnknownCell(name);
    }

    /// <summary>Returns the definition of an option, or <see langword="null"/> if the cell does not have it.</summary>
    /// <param name="name">The name of the property.</param>
    public OptionDefinition<CellOptions>? FindOption(string name) => Options.FirstOrDefault(option => option.Name == name);

    /// <summary>Returns the name.</summary>
    public sealed override string ToString() => Name;

    /// <summary>The size to which the output is projected; 0 for no projection.</summary>
    internal virtual int ProjectionSize => 0;

    /// <summary>Whether the units of each gate are normalised before the gate's activation.</summary>
    internal virtual bool NormalizesGates => false;

    /// <summary>Whether gates have the default activations, for which cells are compiled.</summary>
    internal virtual bool HasPlainGates => true;

    /// <summary>The activation of the state; <see langword="null"/> if it can't be chosen.</summary>
    internal virtual Activation? StateActivation => null;

    /// <summary>The initial bias of the forget gate, if there is one.</summary>
    internal virtual double InitialForgetBias => DefaultForgetBias;

    /// <summary>The options for the initialisation of a reservoir's weights.</summary>
    internal virtual ReservoirShape Reservoir => ReservoirShape.Default;

    /// <summary>
    /// The default number of units of a single layer, of both directions together if they are concatenated.
    /// </summary>
    /// <param name="featuresOfAUnit">The number of features that the readout computes per unit.</param>
    internal virtual int DefaultUnits(int featuresOfAUnit) => UsualUnits;

    /// <summary>Returns the same cell without a projection.</summary>
    internal virtual CellOptions WithoutProjection() => this;

    /// <summary>Passes the struct of the cell to a visitor.</summary>
    internal virtual TResult Accept<TResult>(IRecurrentCellVisitor<TResult> visitor) =>
        throw new NotSupportedException($"{Name} is not made of a single recurrent cell.");

    /// <summary>Returns the problems of its options, one sentence each.</summary>
    internal virtual IEnumerable<string> FindProblems() => Options.Select(option => option.FindProblem(this)).OfType<string>();

    /// <summary>The same cell, with options that do not shape a model at their defaults.</summary>
    internal CellOptions ShapeAlone => this is UnknownCell or AutoOptions ? this
        : WithThose(option => !option.ShapesModel, Plain);

    /// <summary>The same cell with every option at its default.</summary>
    private protected virtual CellOptions Plain => CellCatalog.Find(Name)!;

    /// <summary>Returns the same cell, with some options taken from another one of the same name.</summary>
    internal CellOptions WithThose(Predicate<OptionDefinition<CellOptions>> which, CellOptions other) => Options
        .Where(option => which(option))
        .Aggregate(this, (cell, option) => option.With(cell, option.ValueOf(other)));
}
