using System.Numerics;
using Elman.Readouts;
using Elman.Recurrent;

namespace Elman;

/// <summary>How the outputs <c>y_t</c> of the last layer are pooled over the steps of a sequence.</summary>
/// <remarks>
/// Immutable. Equal if the names are equal and, for custom readouts, the types of the structs; their constants are not compared. The text
/// form, as in options, is the name.
/// </remarks>
public class Readout : IEquatable<Readout>
{
    private Readout(string name, ReadoutKind kind, string? fieldValue = null) =>
        (Name, Kind, FieldValue) = (name, kind, fieldValue ?? name);

    /// <summary>The name in options, such as <c>counts-full</c>.</summary>
    public string Name { get; }

    /// <summary>The output after the last step; for the backward direction of a bidirectional model, that of the first step.</summary>
    public static Readout Last { get; } = new("last", ReadoutKind.Last);

    /// <summary>The mean over all steps.</summary>
    public static Readout Mean { get; } = new("mean", ReadoutKind.Mean);

    /// <summary>The maximum output of each unit over all steps.</summary>
    public static Readout Max { get; } = new("max", ReadoutKind.Max);

    /// <summary>
    /// A mean over all steps, weighted by learned scores:
    /// <c>Σ α_t·y_t</c>, α = softmax of <c>tanh(y_t·W + b)·v</c> (Z. Yang and others, 2016).
    /// </summary>
    public static Readout Attention { get; } = new("attention", ReadoutKind.Attention);

    /// <summary>
    /// For each unit the share of steps at which its output is above each of five thresholds, and the mean of its magnitude: <c>6·H</c>
    /// features. The thresholds are quantiles of the unit's outputs on the training data. Counts have no gradient, so the output layer is
    /// trained by least squares. For <c>esn</c>, <c>oscillator</c> and <c>delays</c> nothing else is trained. The layers of other cells are
    /// first trained by gradients, in a model with <see cref="Mean"/>, and then fixed.
    /// </summary>
    public static Readout Counts { get; } = new("counts", ReadoutKind.Counts) { Layout = CountsLayout.Whole };

    /// <summary>
    /// Like <see cref="Counts"/>, also with the shares in each half of the sequence: <c>16·H</c> features. Needs whole sequences: such a
    /// model can't run on a stream.
    /// </summary>
    public static Readout CountsHalves { get; } = new("counts-halves", ReadoutKind.Counts, "countsHalves") { Layout = CountsLayout.Halves };

    /// <summary>
    /// For each unit and each of three thresholds the share of steps at which the output is above the threshold, the mean output of these
    /// steps (0 if there is none), the mean of their indices (from 0, in the order in which the direction reads) divided by the number of
    /// steps (−1 if there is none), and the longest run of such steps divided by the number of steps; for each unit also the mean
    /// magnitude, the maximum and the minimum output: <c>15·H</c> features. Thresholds and output layer as for <see cref="Counts"/>. Can
    /// run on a stream.
    /// </summary>
    public static Readout CountsFull { get; } = new("counts-full", ReadoutKind.Counts, "countsFull") { Layout = CountsLayout.Full };

    /// <summary>The built-in readouts, in the order in which help lists them.</summary>
    public static IReadOnlyList<Readout> All { get; } = [Last, Mean, Max, Attention, Counts, CountsHalves, CountsFull];

    /// <summary>The name in model files: <c>countsFull</c>.</summary>
    internal string FieldValue { get; }

    /// <summary>The formula.</summary>
    internal ReadoutKind Kind { get; }

    /// <summary>The layout of the counts; <see langword="null"/> if it does not count.</summary>
    internal CountsLayout? Layout { get; private init; }

    /// <summary>Creates a custom readout.</summary>
    /// <param name="readout">The struct, with its constants, if any. They are not stored in model files.</param>
    /// <typeparam name="TReadout">The type of the readout.</typeparam>
    /// <remarks>
    /// A model file contains only the name; to load it, list the readout in <see cref="LoadOptions.CustomReadouts"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The name is empty, white space, or that of a built-in readout (case is ignored). The sizes of features and state are checked later,
    /// by <see cref="TrainingOptions.FindProblems"/>.
    /// </exception>
    public static Readout Custom<TReadout>(TReadout readout = default)
        where TReadout : unmanaged, IReadout
    {
        if (string.IsNullOrWhiteSpace(TReadout.Name))
            throw new ArgumentException($"The readout {typeof(TReadout).Name} has no Name.", nameof(readout));
        return All.Any(one => one.Name.Equals(TReadout.Name, StringComparison.OrdinalIgnoreCase))
            ? throw new ArgumentException($"{Quoted(TReadout.Name)} is the name of a built-in readout; choose another.", nameof(readout))
            : new Typed<TReadout>(readout);
    }

    /// <summary>Returns the built-in readout with a name.</summary>
    /// <param name="text">The name, for example <c>mean</c>; case is ignored.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    /// <exception cref="FormatException">The name is unknown, or that of a custom readout.</exception>
    public static Readout Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return All.FirstOrDefault(readout => readout.Name.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw new FormatException($"Readout {Quoted(text)} is not known; it may be {string.Join(", ", All)}.");
    }

    /// <inheritdoc/>
    public bool Equals(Readout? other) => other is not null && other.GetType() == GetType() && other.Name == Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Readout);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the name.</summary>
    public override string ToString() => Name;

    /// <summary>Creates the readout layer of a custom readout.</summary>
    /// <param name="width">W, the number of outputs of a step.</param>
    internal virtual ReadoutLayer<T> CreateCustom<T>(int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new InvalidOperationException($"{Name} is built in.");

    /// <summary>Returns the sizes of features and state of a custom readout; <see langword="null"/> for a built-in one.</summary>
    /// <param name="width">W, the number of outputs of a step.</param>
    internal virtual (int Features, int State)? CustomSizes(int width) => null;

    private sealed class Typed<TReadout>(TReadout readout) : Readout(TReadout.Name, ReadoutKind.Custom)
        where TReadout : unmanaged, IReadout
    {
        internal override (int Features, int State)? CustomSizes(int width) =>
            (TReadout.FeatureSizeFor(width), TReadout.StateSizeFor(width));

        internal override ReadoutLayer<T> CreateCustom<T>(int width) => new CustomReadout<TReadout, T>(readout, width);
    }
}
