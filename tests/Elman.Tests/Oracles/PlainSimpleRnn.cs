namespace Elman.Tests.Oracles;

/// <summary>The simple recurrent classifier (Elman, 1990) in plain loops and double precision, without optimisations.</summary>
/// <remarks>A batch is a list of sequences [steps][features], which may differ in length; each is processed alone.</remarks>
public sealed class PlainSimpleRnn(PlainActivation activation, PlainWeights weights)
{
    /// <summary>The weights; <see cref="Step"/> changes them in place.</summary>
    public PlainWeights Weights { get; } = weights;

    /// <summary>Returns every sum a_1 … a_T, every state h_0 … h_T and the probabilities of one sequence.</summary>
    /// <remarks>a_t = x_t·Wx + h_{t−1}·Wh + B, h_t = f(a_t), h_0 = 0, and softmax(h_T·WOut + BOut).</remarks>
    public (double[][] Sums, double[][] States, double[] Probabilities) Forward(double[][] x)
    {
        var (wx, wh, b, wOut, bOut) = Weights;
        var a = new double[x.Length][]; // a[t] and x[t] belong to one step,
        var h = new double[x.Length + 1][]; // h[t] is the state before it.
        h[0] = new double[b.Length];
        for (int t = 0; t < x.Length; t++)
        {
            a[t] = [.. b];
            AddProduct(a[t], x[t], wx);
            AddProduct(a[t], h[t], wh);
            h[t + 1] = [.. a[t].Select(activation.Value)];
        }

        double[] logits = [.. bOut];
        AddProduct(logits, h[^1], wOut);
        return (a, h, Softmax(logits));
    }

    /// <summary>Returns the cross-entropy −ln p(label), averaged over the batch.</summary>
    public double Loss(IReadOnlyList<double[][]> batch, IReadOnlyList<int> labels) =>
        batch.Zip(labels, (x, label) => -Math.Log(Forward(x).Probabilities[label])).Average();

    /// <summary>Returns the gradients of the loss, by back-propagation through every step.</summary>
    public PlainWeights Gradients(IReadOnlyList<double[][]> batch, IReadOnlyList<int> labels)
    {
        var gradients = Weights.Zeros();
        var (dWx, dWh, dB, dWOut, dBOut) = gradients;
        for (int s = 0; s < batch.Count; s++)
        {
            double[][] x = batch[s];
            var (a, h, p) = Forward(x);
            double[] dLogits = [.. p.Select((pk, k) => (pk - (k == labels[s] ? 1 : 0)) / batch.Count)];
            AddOuterProduct(dWOut, h[^1], dLogits);
            Add(dBOut, 1, dLogits);

            double[] dH = TimesTransposed(dLogits, Weights.WOut);
            for (int t = x.Length - 1; t >= 0; t--)
            {
                double[] dA = [.. dH.Zip(a[t], (d, sum) => d * activation.Derivative(sum))];
                AddOuterProduct(dWx, x[t], dA);
                AddOuterProduct(dWh, h[t], dA);
                Add(dB, 1, dA);
                dH = TimesTransposed(dA, Weights.Wh);
            }
        }

        return gradients;
    }

    /// <summary>Runs one step of gradient descent, w ← w − rate · ∂loss/∂w, and returns the loss before it.</summary>
    public double Step(IReadOnlyList<double[][]> batch, IReadOnlyList<int> labels, double rate)
    {
        double loss = Loss(batch, labels);
        var gradients = Gradients(batch, labels);
        Add(Weights.Wx, -rate, gradients.Wx);
        Add(Weights.Wh, -rate, gradients.Wh);
        Add(Weights.B, -rate, gradients.B);
        Add(Weights.WOut, -rate, gradients.WOut);
        Add(Weights.BOut, -rate, gradients.BOut);
        return loss;
    }

    private static double[] Softmax(double[] logits)
    {
        double max = logits.Max();
        double[] e = [.. logits.Select(logit => Math.Exp(logit - max))];
        double sum = e.Sum();
        return [.. e.Select(value => value / sum)];
    }

    /// <summary>y ← y + v·W.</summary>
    private static void AddProduct(double[] y, double[] v, double[][] w)
    {
        for (int i = 0; i < v.Length; i++)
            Add(y, v[i], w[i]);
    }

    /// <summary>W ← W + uᵀ·v.</summary>
    private static void AddOuterProduct(double[][] w, double[] u, double[] v)
    {
        for (int i = 0; i < u.Length; i++)
            Add(w[i], u[i], v);
    }

    /// <summary>v·Wᵀ.</summary>
    private static double[] TimesTransposed(double[] v, double[][] w)
    {
        var y = new double[w.Length];
        for (int i = 0; i < w.Length; i++)
            for (int j = 0; j < v.Length; j++)
                y[i] += v[j] * w[i][j];
        return y;
    }

    /// <summary>Y ← Y + s·V.</summary>
    private static void Add(double[][] y, double s, double[][] v)
    {
        for (int i = 0; i < y.Length; i++)
            Add(y[i], s, v[i]);
    }

    /// <summary>y ← y + s·v.</summary>
    private static void Add(double[] y, double s, double[] v)
    {
        for (int j = 0; j < y.Length; j++)
            y[j] += s * v[j];
    }
}
