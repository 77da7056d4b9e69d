using Elman.Losses;
using Elman.Tests.Oracles;

namespace Elman.Tests.Losses;

/// <summary>Every loss compared with its definition, and its gradient compared with the slope of its value.</summary>
public class LossFunctionTests
{
    private const int Rows = 5, Width = 3;

    private static readonly double[] _weights = [0.5, 2, 3];

    public static TheoryData<string, bool, double> ClassLosses =>
        new MatrixTheoryData<string, bool, double>(["cross-entropy", "focal(2)", "focal(0.5)"], [false, true], [0, 0.1]);

    public static TheoryData<string, bool, double> ManyClassLosses =>
        new MatrixTheoryData<string, bool, double>(["binary", "focal(2)", "focal(0.5)"], [false, true], [0, 0.1]);

    public static TheoryData<string> NumberLosses => ["mse", "mae", "huber(0.7)", "quantile(0.9)", "quantile(0.1)"];

    [Theory]
    [InlineData("cross-entropy")]
    [InlineData("focal(2)")]
    public void Where_no_row_has_a_class_the_gradient_is_0_in_float_too(string text)
    {
        float[] gradient = [7, 7, 7, 7];
        LossResult result = Function(text, weighted: false, smoothing: 0).Evaluate<float>([1, -1, 2, 3], [-1, -1], gradient);
        Assert.Equal((0, 0), (result.Loss, result.Weight));
        Assert.Equal([0, 0, 0, 0], gradient);
    }

    [Theory]
    [MemberData(nameof(ClassLosses))]
    public void One_class_a_row(string text, bool weighted, double smoothing)
    {
        LossFunction loss = Function(text, weighted, text.StartsWith("focal", StringComparison.Ordinal) ? 0 : smoothing);
        double[] logits = Draw(7, Rows * Width);
        int[] labels = [2, 0, -1, 1, 2];
        double gamma = loss.Loss.Kind == LossKind.Focal ? loss.Loss.Parameter : 0;
        double sum = 0, total = 0;
        for (int r = 0; r < Rows; r++)
        {
            if (labels[r] < 0)
                continue;
            double[] row = logits[(r * Width)..((r + 1) * Width)], p = [.. row.Select(x => Math.Exp(x) / row.Sum(Math.Exp))];
            double w = Weight(loss, labels[r]);
            sum += (1 - loss.LabelSmoothing) * w * -Math.Log(p[labels[r]]) * Math.Pow(1 - p[labels[r]], gamma);
            for (int c = 0; c < Width; c++)
                sum += loss.LabelSmoothing / Width * Weight(loss, c) * -Math.Log(p[c]);
            total += w;
        }
        double[] gradient = new double[logits.Length];
        LossResult result = loss.Evaluate<double>(logits, labels, gradient);
        Close.Assert("loss", [sum / total], [result.Loss], 1e-13, 0);
        Assert.Equal((4, total), (result.Count, result.Weight));
        AssertSlopes(logits, gradient, x => loss.Evaluate<double>(x, labels, new double[x.Length]).Loss);
        Assert.Equal([0.0, 0, 0], gradient[6..9]);
    }

    [Theory]
    [MemberData(nameof(ManyClassLosses))]
    public void Any_classes_a_row(string text, bool weighted, double smoothing)
    {
        LossFunction loss = Function(text, weighted, smoothing);
        double[] logits = Draw(8, Rows * Width), targets = [1, 0, 1, 0, 0, 0, double.NaN, 1, 1, 0, 1, 0, 1, double.NaN, 0.25];
        double gamma = loss.Loss.Kind == LossKind.Focal ? loss.Loss.Parameter : 0;
        double sum = 0, total = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            if (double.IsNaN(targets[i]))
                continue;
            double p = 1 / (1 + Math.Exp(-logits[i])), t = (targets[i] * (1 - smoothing)) + (smoothing / 2), w = Weight(loss, i % Width);
            sum -= w * ((t * Math.Pow(1 - p, gamma) * Math.Log(p)) + ((1 - t) * Math.Pow(p, gamma) * Math.Log(1 - p)));
            total += w;
        }
        double[] gradient = new double[logits.Length];
        LossResult result = loss.Evaluate<double>(logits, targets, Width, gradient, areClasses: true);
        Close.Assert("loss", [sum / total], [result.Loss], 1e-13, 0);
        Assert.Equal(13, result.Count);
        AssertSlopes(logits, gradient, x => loss.Evaluate<double>(x, targets, Width, new double[x.Length], areClasses: true).Loss);
        Assert.Equal((0.0, 0.0), (gradient[6], gradient[13]));
    }

    [Theory]
    [MemberData(nameof(NumberLosses))]
    public void Numbers(string text)
    {
        LossFunction loss = Function(text, weighted: false, smoothing: 0);
        double[] outputs = Draw(9, Rows * Width), targets = Draw(10, Rows * Width);
        targets[4] = double.NaN;
        double parameter = loss.Loss.Parameter;
        double Of(double e) => loss.Loss.Kind switch
        {
            LossKind.MeanSquared => e * e,
            LossKind.MeanAbsolute => Math.Abs(e),
            LossKind.Huber => Math.Abs(e) <= parameter ? e * e / 2 : parameter * (Math.Abs(e) - (parameter / 2)),
            _ => Math.Max(-parameter * e, (1 - parameter) * e),
        };
        double[] gradient = new double[outputs.Length];
        LossResult result = loss.Evaluate<double>(outputs, targets, Width, gradient, areClasses: false);
        double expected = outputs.Zip(targets, (y, t) => y - t).Where(e => !double.IsNaN(e)).Average(Of);
        Close.Assert("loss", [expected], [result.Loss], 1e-13, 0);
        Assert.Equal((14, 0), (result.Count, result.Correct));
        AssertSlopes(outputs, gradient, y => loss.Evaluate<double>(y, targets, Width, new double[y.Length], areClasses: false).Loss);
        Assert.Equal(0, gradient[4]);
    }

    [Fact]
    public void Scores_far_out_stay_finite()
    {
        double[] gradient = new double[2];
        Assert.Equal(
            1000, Function("binary", false, 0).Evaluate<double>([1000, -1000], [0, 0], 2, gradient, areClasses: true).Loss * 2, 1e-9);
        Assert.Equal([0.5, 0], gradient);
        Assert.Equal(2000, Function("focal(2)", false, 0).Evaluate<double>([-1000, 1000], [0], gradient).Loss, 1e-9);
        Assert.Equal(0, Function("focal(0.5)", false, 0).Evaluate<double>([1000, -1000], [0], gradient).Loss);
        Assert.All(gradient, value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData("binary", false)]
    [InlineData("mse", true)]
    public void A_loss_for_something_else_is_refused(string text, bool areClasses)
    {
        LossFunction loss = Function(text, false, 0);
        Assert.Throws<InvalidOperationException>(() => loss.Evaluate<double>([1], [1.0], 1, new double[1], areClasses));
        Assert.Throws<InvalidOperationException>(() => loss.Evaluate<double>([1], [0], new double[1]));
    }

    [Theory]
    [InlineData("mse", "mse")]
    [InlineData(" Huber ( 2 ) ", "huber(2)")]
    [InlineData("huber", "huber(1)")]
    [InlineData("quantile", "quantile(0.5)")]
    [InlineData("FOCAL(0.25)", "focal(0.25)")]
    public void A_text_form_is_read(string text, string name)
    {
        Assert.Equal(name, Loss.Parse(text).Name);
        Assert.Equal(Loss.Parse(name), Loss.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("l2")]
    [InlineData("mse(1)")]
    [InlineData("quantile(1)")]
    [InlineData("quantile(0)")]
    [InlineData("huber(-1)")]
    [InlineData("huber(NaN)")]
    [InlineData("focal(2")]
    [InlineData("focal(1,2)")]
    public void What_is_not_a_loss_is_refused(string text) => Assert.Throws<FormatException>(() => Loss.Parse(text));

    private static LossFunction Function(string text, bool weighted, double smoothing) =>
        new(Loss.Parse(text)) { ClassWeights = weighted ? _weights : [], LabelSmoothing = smoothing };

    private static double Weight(LossFunction loss, int c) => loss.ClassWeights.Length == 0 ? 1 : loss.ClassWeights[c];

    private static double[] Draw(int seed, int count)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextNormal())];
    }

    private static void AssertSlopes(double[] x, double[] gradient, Func<double[], double> value)
    {
        const double H = 1e-6;
        double[] slopes = [.. x.Select(
            (_, i) => (value([.. x.Select((v, j) => j == i ? v + H : v)]) - value([.. x.Select((v, j) => j == i ? v - H : v)])) / (2 * H))];
        Close.Assert("gradient", slopes, gradient, 1e-8, 1e-8);
    }
}
