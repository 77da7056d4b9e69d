using System.Globalization;
using Elman.Options;

namespace Elman.Cells;

/// <summary>Creates definitions of cell options, including those that several cells share.</summary>
internal static class CellOption
{
    /// <summary>Creates the definition of an option.</summary>
    /// <param name="name">The name of the property.</param>
    /// <param name="kind">The kind of its values.</param>
    /// <param name="get">The function that returns the value of a record.</param>
    /// <param name="set">The function that returns the record with another value.</param>
    /// <param name="help">The description: a phrase without a full stop.</param>
    /// <param name="words">The description of a value in reports, if any.</param>
    /// <param name="isAlwaysWritten">Whether a model file has it even at its default.</param>
    /// <param name="shapesModel">Whether it determines the shape of a model; otherwise it affects initial weights or training.</param>
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

    /// <summary>Creates the option of the state's activation.</summary>
    public static OptionDefinition<CellOptions> Activation<TCell>(Func<TCell, Activation> get, Func<TCell, Activation, TCell> set)
        where TCell : CellOptions, new() =>
        Of(nameof(RnnOptions.Activation), Function(takesCustom: true), get, set,
            $"activation {OptionText.Listing(Elman.Activation.BuiltInNames)}; parameters go in brackets, as in 'leaky-relu(0.1)'",
            function => function.Name, isAlwaysWritten: true);

    /// <summary>Creates the option of the gates' activation.</summary>
    public static OptionDefinition<CellOptions> GateActivation<TCell>(Func<TCell, Activation> get, Func<TCell, Activation, TCell> set)
        where TCell : CellOptions, new() =>
        OfGates(nameof(GruOptions.GateActivation), "gates", get, set);

    /// <summary>Creates the option of the candidate's activation.</summary>
    public static OptionDefinition<CellOptions> CandidateActivation<TCell>(Func<TCell, Activation> get, Func<TCell, Activation, TCell> set)
        where TCell : CellOptions, new() =>
        OfGates(nameof(GruOptions.CandidateActivation), "candidate", get, set);

    /// <summary>Creates the option of an activation in a gated cell.</summary>
    /// <param name="name">The name of the property.</param>
    /// <param name="what">The part of the cell that has the activation.</param>
    /// <param name="get">The function that returns the value of a record.</param>
    /// <param name="set">The function that returns the record with another value.</param>
    public static OptionDefinition<CellOptions> OfGates<TCell>(
        string name, string what, Func<TCell, Activation> get, Func<TCell, Activation, TCell> set)
        where TCell : CellOptions, new() =>
        Of(name, Function(takesCustom: false), get, set, $"activation of the {what}, one of those of --activation",
            function => function.Equals(get(new TCell())) ? null : $"{what} through {function.Name}");

    /// <summary>Creates the option of layer normalisation.</summary>
    public static OptionDefinition<CellOptions> LayerNorm<TCell>(Func<TCell, bool> get, Func<TCell, bool, TCell> set)
        where TCell : CellOptions, new() =>
        Of(nameof(LstmOptions.LayerNorm), OptionKind.Flag, get, set, "layer normalisation of the gates",
            isOn => isOn ? "gates normalised" : null);

    /// <summary>Creates the option of the initial bias of the forget gate.</summary>
    public static OptionDefinition<CellOptions> ForgetBias<TCell>(Func<TCell, double> get, Func<TCell, double, TCell> set)
        where TCell : CellOptions, new() =>
        Of(nameof(LstmOptions.ForgetBias),
            OptionKind.Number($"it must be a finite number of at most {Largest} in size", value => float.IsFinite((float)value)), get, set,
            "initial bias of the forget gate; the greater, the longer the cell remembers at first", shapesModel: false);

    /// <summary>The maximum number in single precision, as text for messages.</summary>
    public static string Largest { get; } = float.MaxValue.ToString(CultureInfo.InvariantCulture);

    private static OptionKind<Activation> Function(bool takesCustom) => OptionKind.Text(
        "NAME", Elman.Activation.Parse, function => function.Name, (name, function) => function switch
        {
            null => $"{name} is missing.",
            { IsCustom: true } when !takesCustom =>
                $"{name} is {Quoted(function.Name)}, a custom function; gates accept built-in functions, only Activation accepts custom "
                    + "ones.",
            _ => null,
        }, choices: Elman.Activation.BuiltInNames);
}
