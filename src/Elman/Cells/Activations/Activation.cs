using System.Globalization;
using Elman.Cells;

namespace Elman;

/// <summary>The activation function of a recurrent layer.</summary>
/// <remarks>
/// The text form, as in options and model files, is the name with its parameters in brackets: <c>tanh</c>, <c>leaky-relu(0.01)</c>.
/// Definitions and default parameters follow the ONNX operators of the same names.
/// </remarks>
public sealed class Activation : IEquatable<Activation>
{
    private readonly IActivationBox _function;

    private Activation(string name, IActivationBox box, RuntimeActivation function)
    {
        Name = name;
        _function = box;
        Function = function;
    }

    // Cells are compiled for tanh, σ, relu, leaky relu and the identity, and once for all other activations. Compiled for each of those,
    // every cell would take twice the space in a native program.
    private Activation(string name, RuntimeActivation function)
        : this(name, new ActivationBox<RuntimeActivation>(function), function)
    {
    }

    /// <summary>The text form: the name with its parameters, if it has any.</summary>
    public string Name { get; }

    /// <summary>Whether it was created by <see cref="Custom"/>; then a model file can name it but not restore it.</summary>
    public bool IsCustom => Function.Kind == FunctionKind.Custom;

    /// <summary><c>tanh a</c>: the default.</summary>
    public static Activation Tanh { get; } = new("tanh", new ActivationBox<TanhActivation>(default), new(FunctionKind.Tanh));

    /// <summary><c>1/(1 + e⁻ᵃ)</c>.</summary>
    public static Activation Sigmoid { get; } = new("sigmoid", new ActivationBox<SigmoidActivation>(default), new(FunctionKind.Sigmoid));

    /// <summary><c>max(a, 0)</c>.</summary>
    public static Activation Relu { get; } = new("relu", new ActivationBox<ReluActivation>(default), new(FunctionKind.Relu));

    /// <summary><c>a</c>: a linear recurrence.</summary>
    public static Activation Identity { get; } = new(
        "identity", new ActivationBox<IdentityActivation>(default), new(FunctionKind.Identity));

    /// <summary><c>a/(1 + |a|)</c>.</summary>
    public static Activation Softsign { get; } = new("softsign", new RuntimeActivation(FunctionKind.Softsign));

    /// <summary><c>ln(1 + eᵃ)</c>.</summary>
    public static Activation Softplus { get; } = new("softplus", new RuntimeActivation(FunctionKind.Softplus));

    /// <summary><c>a</c> for a &gt; 0, otherwise <c>α·(eᵃ − 1)</c>.</summary>
    /// <param name="alpha">α, the negative of the limit for a → −∞; a finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite.</exception>
    public static Activation Elu(double alpha = 1) =>
        new(Format("elu", Finite(alpha)), new RuntimeActivation(FunctionKind.Elu, alpha));

    /// <summary><c>a</c> for a ≥ 0, otherwise <c>α·a</c>.</summary>
    /// <param name="alpha">α: the slope below zero; a finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite.</exception>
    public static Activation LeakyRelu(double alpha = 0.01) =>
        new(Format("leaky-relu", Finite(alpha)), new ActivationBox<LeakyReluActivation>(new(alpha)), new(FunctionKind.LeakyRelu, alpha));

    /// <summary><c>min(1, max(0, α·a + β))</c>.</summary>
    /// <param name="alpha">α: the slope in the middle; a finite number.</param>
    /// <param name="beta">β: the value at 0; a finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite.</exception>
    public static Activation HardSigmoid(double alpha = 0.2, double beta = 0.5) =>
        new(Format("hard-sigmoid", Finite(alpha), Finite(beta)), new RuntimeActivation(FunctionKind.HardSigmoid, alpha, beta));

    /// <summary><c>α·tanh(β·a)</c>; the defaults are those of Y. LeCun, "Efficient BackProp" (1998).</summary>
    /// <param name="alpha">α: the limit; a finite number other than 0.</param>
    /// <param name="beta">β: the scale of the argument; a finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite, or <paramref name="alpha"/> is 0.</exception>
    public static Activation ScaledTanh(double alpha = 1.7159, double beta = 2.0 / 3)
    {
        ArgumentOutOfRangeException.ThrowIfZero(alpha);
        return new(Format("scaled-tanh", Finite(alpha), Finite(beta)), new RuntimeActivation(FunctionKind.ScaledTanh, alpha, beta));
    }

    /// <summary><c>α·a + β</c>.</summary>
    /// <param name="alpha">α: the slope; a finite number.</param>
    /// <param name="beta">β: the value at 0; a finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite.</exception>
    public static Activation Affine(double alpha = 1, double beta = 0) =>
        new(Format("affine", Finite(alpha), Finite(beta)), new RuntimeActivation(FunctionKind.Affine, alpha, beta));

    /// <summary><c>a</c> for a ≥ α, otherwise 0 (K. Konda and others, 2015).</summary>
    /// <param name="alpha">α: the threshold; a finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite.</exception>
    /// <remarks>It is discontinuous at α ≠ 0, which the gradient does not reflect.</remarks>
    public static Activation ThresholdedRelu(double alpha = 1) =>
        new(Format("thresholded-relu", Finite(alpha)), new RuntimeActivation(FunctionKind.ThresholdedRelu, alpha));

    /// <summary>Creates a custom activation.</summary>
    /// <param name="name">The name in model files and messages, which must not be that of a built-in activation.</param>
    /// <param name="function">The function with its derivative.</param>
    /// <typeparam name="TFunction">A struct without references; its fields are its parameters.</typeparam>
    /// <exception cref="ArgumentException">The name is empty, has a bracket, or belongs to a built-in function.</exception>
    public static Activation Custom<TFunction>(string name, TFunction function)
        where TFunction : unmanaged, IActivation
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Contains('(', StringComparison.Ordinal) || BuiltInNames.Contains(name, StringComparer.OrdinalIgnoreCase))
            throw new ArgumentException(
                $"{Quoted(name)} is the name of a built-in activation or contains a bracket; choose another name.", nameof(name));
        return new(name, new ActivationBox<TFunction>(function), default);
    }

    /// <summary>The names that <see cref="Parse"/> accepts.</summary>
    public static IReadOnlyList<string> BuiltInNames { get; } =
        ["tanh", "sigmoid", "relu", "identity", "softsign", "softplus", "elu", "leaky-relu", "hard-sigmoid", "scaled-tanh",
            "affine", "thresholded-relu"];

    /// <summary>Parses the text form of a built-in activation; omitted parameters have their defaults.</summary>
    /// <param name="text">The text form, for example <c>tanh</c>, <c>leaky-relu</c>, <c>leaky-relu(0.2)</c> or
    /// <c>scaled-tanh(1.7159, 0.667)</c>.</param>
    /// <exception cref="FormatException">The name is unknown, or a parameter is not a finite number or not allowed.</exception>
    public static Activation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string name = text.Trim();
        double[] values = [];
        int bracket = name.IndexOf('(', StringComparison.Ordinal);
        if (bracket >= 0)
        {
            if (!name.EndsWith(')'))
                throw new FormatException($"Activation {Quoted(text)} has no closing bracket.");
            values = [.. name[(bracket + 1)..^1].Split(',').Select(part => ParseParameter(part, text))];
            name = name[..bracket].TrimEnd();
        }

        (Activation activation, int parameters) = (name.ToLowerInvariant(), values) switch
        {
            ("tanh", _) => (Tanh, 0),
            ("sigmoid", _) => (Sigmoid, 0),
            ("relu", _) => (Relu, 0),
            ("identity", _) => (Identity, 0),
            ("softsign", _) => (Softsign, 0),
            ("softplus", _) => (Softplus, 0),
            ("elu", []) => (Elu(), 1),
            ("elu", [double alpha, ..]) => (Elu(alpha), 1),
            ("leaky-relu", []) => (LeakyRelu(), 1),
            ("leaky-relu", [double alpha, ..]) => (LeakyRelu(alpha), 1),
            ("hard-sigmoid", []) => (HardSigmoid(), 2),
            ("hard-sigmoid", [double alpha]) => (HardSigmoid(alpha), 2),
            ("hard-sigmoid", [double alpha, double beta, ..]) => (HardSigmoid(alpha, beta), 2),
            ("scaled-tanh", []) => (ScaledTanh(), 2),
            ("scaled-tanh", [0, ..]) =>
                throw new FormatException($"Activation {Quoted(text)} is 0 everywhere; its first parameter must not be 0."),
            ("scaled-tanh", [double alpha]) => (ScaledTanh(alpha), 2),
            ("scaled-tanh", [double alpha, double beta, ..]) => (ScaledTanh(alpha, beta), 2),
            ("affine", []) => (Affine(), 2),
            ("affine", [double alpha]) => (Affine(alpha), 2),
            ("affine", [double alpha, double beta, ..]) => (Affine(alpha, beta), 2),
            ("thresholded-relu", []) => (ThresholdedRelu(), 1),
            ("thresholded-relu", [double alpha, ..]) => (ThresholdedRelu(alpha), 1),
            _ => throw new FormatException($"Activation {Quoted(text)} is not known; it may be {string.Join(", ", BuiltInNames)}."),
        };
        return values.Length <= parameters
            ? activation
            : throw new FormatException($"Activation {Quoted(text)} has {Amount.Of(values.Length, "parameter")}; {Quoted(name)} takes at "
                + $"most {parameters}.");
    }

    /// <summary>
    /// Whether it is the same function: built-in activations are equal by name and parameters, custom ones only if they are the same
    /// object.
    /// </summary>
    /// <param name="other">The other activation, or <see langword="null"/>.</param>
    public bool Equals(Activation? other) => ReferenceEquals(this, other) || (other is not null && !IsCustom && Function == other.Function);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Activation);

    /// <inheritdoc/>
    public override int GetHashCode() => Function.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The function, dispatched at run time by its kind.</summary>
    internal RuntimeActivation Function { get; }

    /// <summary>Runs generic code with the function as its type parameter.</summary>
    internal TResult Accept<TResult>(IActivationVisitor<TResult> visitor) => _function.Accept(visitor);

    private static double ParseParameter(string part, string text) =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new FormatException($"Activation {Quoted(text)} has the parameter {Quoted(part.Trim())}, which is not a finite "
                + "number.");

    private static double Finite(double value) =>
        double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A parameter of an activation must be finite.");

    private static string Format(string name, params ReadOnlySpan<double> values)
    {
        string[] texts = new string[values.Length];
        for (int i = 0; i < values.Length; i++)
            texts[i] = values[i].ToString("R", CultureInfo.InvariantCulture);
        return $"{name}({string.Join(", ", texts)})";
    }

    private interface IActivationBox
    {
        TResult Accept<TResult>(IActivationVisitor<TResult> visitor);
    }

    private sealed class ActivationBox<TFunction>(TFunction function) : IActivationBox
        where TFunction : unmanaged, IActivation
    {
        public TResult Accept<TResult>(IActivationVisitor<TResult> visitor) => visitor.Visit(function);
    }
}

/// <summary>Code that needs an activation as a type parameter, so that the compiler inlines it in loops.</summary>
internal interface IActivationVisitor<TResult>
{
    TResult Visit<TFunction>(TFunction function)
        where TFunction : unmanaged, IActivation;
}
