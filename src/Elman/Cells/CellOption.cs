using System.Globalization;
using Elman.Options;

namespace Elman.Cells;

/// <summary>Makes definitions of options of cells. Those that several cells have are written once, here.</summary>
internal static class CellOption
{
    /// <summary>The definition of an option.</summary>
    /// <param name="name">The property.</param>
    /// <param name="kind">How its values are read, written and checked.</param>
    /// <param name="get">The value in a record.</param>
    /// <param name="set">The record with another value.</param>
    /// <param name="help">What it does: a phrase without a full stop.</param>
    /// <param name="words">What reports say of a value, if anything.</param>
    /// <param name="isAlwaysWritten">Whether a model file has it even at its default.</param>
    /// <param name="shapesModel">Whether a model is another one with it; else it shapes the first weights, or training.</param>
    public static OptionDefinition<CellOptions> Of<TCell, TValue>(
        string name, OptionKind<TValue> kind, Func<TCell, TValue> get, Func<TCell, TValue, TCell> set, string help,
        Func<TValue, string?>? words = null, bool isAlwaysWritten = false, bool shapesModel = true)
        where TCell : CellOptions, new() =>
        new TypedOption<CellOptions, TCell, TValue>(name, kind, get, set, help)
        {
            Words = words ?? (_ => null),
            IsAlwaysWritten = isAlwaysWritten,
            Roles = shapesModel ? OptionRoles.Shape : OptionRoles.None,
        };

    /// <summary>The activation of the state.</summary>
    public static OptionDefinition<CellOptions> Activation<TCell>(Func<TCell, Activation> get, Func<TCell, Activation, TCell> set)
        where TCell : CellOptions, new() =>
        Of(nameof(RnnOptions.Activation), Function(takesCustom: true), get, set,
            $"activation {OptionText.Listing(Elman.Activation.BuiltInNames)}; parameters go in brackets, as in 'leaky-relu(0.1)'",
            function => function.Name, isAlwaysWritten: true);

    /// <summary>The function of all gates.</summary>
    public static OptionDefinition<CellOptions> GateActivation<TCell>(Func<TCell, Activation> get, Func<TCell, Activation, TCell> set)
        where TCell : CellOptions, new() =>
        OfGates(nameof(GruOptions.GateActivation), "gates", get, set);

    /// <summary>The function of the candidate.</summary>
    public static OptionDefinition<CellOptions> CandidateActivation<TCell>(Func<TCell, Activation> get, Func<TCell, Activation, TCell> set)
        where TCell : CellOptions, new() =>
        OfGates(nameof(GruOptions.CandidateActivation), "candidate", get, set);

    /// <summary>A function of a cell with gates.</summary>
    /// <param name="name">The property.</param>
    /// <param name="what">Whose function it is.</param>
    /// <param name="get">The value in a record.</param>
    /// <param name="set">The record with another value.</param>
    public static OptionDefinition<CellOptions> OfGates<TCell>(
        string name, string what, Func<TCell, Activation> get, Func<TCell, Activation, TCell> set)
        where TCell : CellOptions, new() =>
        Of(name, Function(takesCustom: false), get, set, $"activation of the {what}, one of those of --activation",
            function => function.Equals(get(new TCell())) ? null : $"{what} through {function.Name}");

    /// <summary>Layer normalisation.</summary>
    public static OptionDefinition<CellOptions> LayerNorm<TCell>(Func<TCell, bool> get, Func<TCell, bool, TCell> set)
        where TCell : CellOptions, new() =>
        Of(nameof(LstmOptions.LayerNorm), OptionKind.Flag, get, set, "layer normalisation of the gates",
            isOn => isOn ? "gates normalised" : null);

    /// <summary>The first bias of the forget gate.</summary>
    public static OptionDefinition<CellOptions> ForgetBias<TCell>(Func<TCell, double> get, Func<TCell, double, TCell> set)
        where TCell : CellOptions, new() =>
        Of(nameof(LstmOptions.ForgetBias),
            OptionKind.Number($"it must be a finite number of at most {Largest} in size", value => float.IsFinite((float)value)), get, set,
            "initial bias of the forget gate; the greater, the longer the cell remembers at first", shapesModel: false);

    /// <summary>The greatest number of single precision, as messages write it.</summary>
    public static string Largest { get; } = float.MaxValue.ToString(CultureInfo.InvariantCulture);

    private static OptionKind<Activation> Function(bool takesCustom) => OptionKind.Text(
        "NAME", Elman.Activation.Parse, function => function.Name, (name, function) => function switch
        {
            null => $"{name} is missing.",
            { IsCustom: true } when !takesCustom =>
                $"{name} is '{function.Name}', a function of your own; gates take built-in ones, only Activation takes yours.",
            _ => null,
        });
}
