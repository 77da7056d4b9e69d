using System.Globalization;

namespace Elman;

/// <summary>The loss that training minimises. Each task has a default; others can be chosen.</summary>
/// <remarks>
/// The text form, as in options, is the name with its parameter in brackets: <c>mse</c>, <c>huber(1)</c>. Immutable; equal if the text
/// forms are equal.
/// </remarks>
public sealed class Loss : IEquatable<Loss>
{
    private Loss(LossKind kind, string name, double parameter = 0)
    {
        Kind = kind;
        Parameter = parameter;
        Name = parameter == 0 ? name : $"{name}({parameter.ToString("R", CultureInfo.InvariantCulture)})";
    }

    /// <summary>The text form.</summary>
    public string Name { get; }

    /// <summary>The formula.</summary>
    internal LossKind Kind { get; }

    /// <summary>The function of a custom loss; otherwise <see langword="null"/>.</summary>
    internal ILoss? Function { get; private init; }

    /// <summary>The parameter, if it has one.</summary>
    internal double Parameter { get; }

    /// <summary>For single-label classes: <c>−ln p(true class)</c>, p by softmax.</summary>
    public static Loss CrossEntropy { get; } = new(LossKind.CrossEntropy, "cross-entropy");

    /// <summary>
    /// For multi-label classes: <c>−ln p</c> for each class that applies and <c>−ln(1 − p)</c> for each that does not, p by σ.
    /// </summary>
    public static Loss Binary { get; } = new(LossKind.Binary, "binary");

    /// <summary>For numbers: <c>(y − t)²</c>.</summary>
    public static Loss MeanSquared { get; } = new(LossKind.MeanSquared, "mse");

    /// <summary>For numbers: <c>|y − t|</c>, which is minimised by the median.</summary>
    public static Loss MeanAbsolute { get; } = new(LossKind.MeanAbsolute, "mae");

    /// <summary>
    /// For classes: <c>−(1 − p)^γ·ln p</c>, with p the probability of the true class, so that cases that are already predicted well have
    /// less weight (T.-Y. Lin and others, 2017).
    /// </summary>
    /// <param name="gamma">γ, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gamma"/> is not a finite number above 0.</exception>
    public static Loss Focal(double gamma = 2) => new(LossKind.Focal, "focal", Above0(gamma, nameof(gamma)));

    /// <summary>
    /// For numbers: <c>½·(y − t)²</c> if the error is at most δ, otherwise <c>δ·(|y − t| − ½δ)</c> (P. Huber, 1964).
    /// </summary>
    /// <param name="delta">δ, above 0, in standardised units (in the units of the data if standardisation is switched off).</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not a finite number above 0.</exception>
    public static Loss Huber(double delta = 1) => new(LossKind.Huber, "huber", Above0(delta, nameof(delta)));

    /// <summary>
    /// For numbers: <c>q·(t − y)</c> if the target is above, otherwise <c>(1 − q)·(y − t)</c>, which is minimised by the q-quantile
    /// (R. Koenker and G. Bassett, 1978).
    /// </summary>
    /// <param name="q">q, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="q"/> is not between 0 and 1.</exception>
    public static Loss Quantile(double q = 0.5) => q is > 0 and < 1
        ? new(LossKind.Quantile, "quantile", q)
        : throw new ArgumentOutOfRangeException(nameof(q), q, "A quantile must be between 0 and 1.");

    /// <summary>Creates a custom loss, for training in code. It is not stored with a model.</summary>
    /// <param name="name">The name in messages, which must not be in <see cref="Names"/>. Losses with the same name are equal.</param>
    /// <param name="loss">The value and gradient of a case.</param>
    /// <exception cref="ArgumentException">The name is empty, or that of a built-in loss.</exception>
    /// <remarks>Not for training by least squares, and not with <see cref="TrainingOptions.LabelSmoothing"/>.</remarks>
    public static Loss Custom(string name, ILoss loss)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(loss);
        return Names.Contains(name.Split('(')[0].Trim(), StringComparer.OrdinalIgnoreCase)
            ? throw new ArgumentException($"{Quoted(name)} is the name of a built-in loss; choose another.", nameof(name))
            : new(LossKind.Custom, name) { Function = loss };
    }

    /// <summary>The names that <see cref="Parse"/> accepts.</summary>
    public static IReadOnlyList<string> Names { get; } = ["cross-entropy", "binary", "focal", "mse", "mae", "huber", "quantile"];

    /// <summary>Parses the text form of a loss; an omitted parameter has its default.</summary>
    /// <param name="text">The text form, for example <c>mae</c>, <c>focal</c> or <c>quantile(0.9)</c>.</param>
    /// <exception cref="FormatException">The name is unknown, or its parameter is out of range or not allowed.</exception>
    public static Loss Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim(), name = trimmed.Split('(')[0].TrimEnd().ToLowerInvariant();
        double? parameter = null;
        if (trimmed.Contains('(', StringComparison.Ordinal))
        {
            parameter = trimmed.EndsWith(')') && double.TryParse(trimmed[(trimmed.IndexOf('(', StringComparison.Ordinal) + 1)..^1],
                NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                ? value
                : throw new FormatException($"Loss {Quoted(text)} must end with one number in brackets, as in quantile(0.9).");
        }
        try
        {
            return (name, parameter) switch
            {
                ("cross-entropy", null) => CrossEntropy,
                ("binary", null) => Binary,
                ("mse", null) => MeanSquared,
                ("mae", null) => MeanAbsolute,
                ("focal", _) => Focal(parameter ?? 2),
                ("huber", _) => Huber(parameter ?? 1),
                ("quantile", _) => Quantile(parameter ?? 0.5),
                ("cross-entropy" or "binary" or "mse" or "mae", _) => throw new FormatException($"Loss {Quoted(name)} takes no parameter."),
                _ => throw new FormatException($"Loss {Quoted(text)} is not known; it may be {string.Join(", ", Names)}."),
            };
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new FormatException($"Loss {Quoted(text)}: {e.Message.Split(" (")[0]}", e);
        }
    }

    /// <inheritdoc/>
    public bool Equals(Loss? other) => other is not null && other.Name == Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Loss);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static double Above0(double value, string parameter) => double.IsFinite(value) && value > 0
        ? value
        : throw new ArgumentOutOfRangeException(parameter, value, "It must be a finite number above 0.");
}

/// <summary>The formulas of <see cref="Loss"/>.</summary>
internal enum LossKind
{
    CrossEntropy,
    Focal,
    Binary,
    MeanSquared,
    MeanAbsolute,
    Huber,
    Quantile,

    /// <summary>A custom loss.</summary>
    Custom,
}
