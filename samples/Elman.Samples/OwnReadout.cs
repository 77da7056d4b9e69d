using System.Numerics;

namespace Elman.Samples;

/// <summary>A custom readout: the last output and the mean of all outputs, concatenated.</summary>
public static class OwnReadout
{
    /// <summary>Trains with the readout, and loads the model from its bytes.</summary>
    /// <param name="output">Receives the printed text.</param>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var readout = Readout.Custom<LastAndMean>();
        using var classifier = new SequenceClassifier(new TrainingOptions
        {
            Cell = "gru",
            Model = new() { Layers = [16], Readout = readout },
            Epochs = 30,
        });
        classifier.Fit(SineData.Create(100, seed: 1));
        using var loaded = SequenceClassifier.Load(classifier.ToBytes(), new LoadOptions { CustomReadouts = [readout] });
        output.WriteLine(FormattableString.Invariant(
            $"A readout of one's own: accuracy {loaded.Evaluate(SineData.Create(100, seed: 2)).Accuracy:F2}"));
    }

    /// <summary>The readout: <c>f = [y_T, (1/T)·Σ_t y_t]</c>; the state is the last output, followed by the sum of all outputs.</summary>
    public readonly struct LastAndMean : IReadout
    {
        /// <inheritdoc/>
        public static string Name => "last-and-mean";

        /// <inheritdoc/>
        public static int FeatureSizeFor(int width) => 2 * width;

        /// <inheritdoc/>
        public static int StateSizeFor(int width) => 2 * width;

        /// <inheritdoc/>
        public void Begin<T>(Span<T> state)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => state.Clear();

        /// <inheritdoc/>
        public void Take<T>(ReadOnlySpan<T> outputs, long index, Span<T> state)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Span<T> sum = state[outputs.Length..];
            outputs.CopyTo(state);
            for (int j = 0; j < outputs.Length; j++)
                sum[j] += outputs[j];
        }

        /// <inheritdoc/>
        public void Conclude<T>(ReadOnlySpan<T> state, long steps, Span<T> features)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            state.CopyTo(features);
            foreach (ref T feature in features[(state.Length / 2)..])
                feature /= T.CreateTruncating(steps);
        }

        /// <inheritdoc/>
        /// <remarks>∂L/∂y_t is the gradient of the mean divided by T; at the last step, the gradient of the last output is added.</remarks>
        public void Backward<T>(
            ReadOnlySpan<T> outputs, long index, ReadOnlySpan<T> state, long steps, ReadOnlySpan<T> featureGradient, Span<T> gradient)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            for (int j = 0; j < gradient.Length; j++)
            {
                gradient[j] = featureGradient[outputs.Length + j] / T.CreateTruncating(steps);
                if (index == steps - 1)
                    gradient[j] += featureGradient[j];
            }
        }
    }
}
