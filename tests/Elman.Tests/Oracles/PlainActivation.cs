namespace Elman.Tests.Oracles;

/// <summary>An activation and its derivative, both as functions of the sum a.</summary>
public sealed record PlainActivation(Func<double, double> Value, Func<double, double> Derivative)
{
    private const double Alpha = 1.7159, Beta = 2.0 / 3.0;

    /// <summary>Every activation of the classifier, by name.</summary>
    public static IReadOnlyDictionary<string, PlainActivation> All { get; } = new Dictionary<string, PlainActivation>
    {
        ["tanh"] = new(Math.Tanh, a => 1 - Square(Math.Tanh(a))),
        ["sigmoid"] = new(Sigmoid, a => Sigmoid(a) * (1 - Sigmoid(a))),
        ["relu"] = new(a => Math.Max(a, 0), a => a > 0 ? 1 : 0),
        ["identity"] = new(a => a, a => 1),
        ["softsign"] = new(a => a / (1 + Math.Abs(a)), a => 1 / Square(1 + Math.Abs(a))),
        ["softplus"] = new(a => Math.Max(a, 0) + Math.Log(1 + Math.Exp(-Math.Abs(a))), Sigmoid),
        ["elu"] = new(a => a > 0 ? a : Math.Exp(a) - 1, a => a > 0 ? 1 : Math.Exp(a)),
        ["leaky-relu"] = new(a => a > 0 ? a : 0.01 * a, a => a > 0 ? 1 : 0.01),
        ["hard-sigmoid"] = new(a => Math.Clamp((0.2 * a) + 0.5, 0, 1), a => Math.Abs(a) < 2.5 ? 0.2 : 0),
        ["affine"] = new(a => a, a => 1),
        ["thresholded-relu"] = new(a => a >= 1 ? a : 0, a => a >= 1 ? 1 : 0),
        ["scaled-tanh"] = new(a => Alpha * Math.Tanh(Beta * a), a => Alpha * Beta * (1 - Square(Math.Tanh(Beta * a)))),
    };

    private static double Sigmoid(double a) => 1 / (1 + Math.Exp(-a));

    private static double Square(double x) => x * x;
}
