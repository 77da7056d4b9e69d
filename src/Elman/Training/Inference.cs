using Elman.Kernels;
using Elman.Losses;
using Elman.Models;
using Elman.Sequences;

namespace Elman.Training;

/// <summary>Runs a trained model over data, batch by batch.</summary>
internal sealed class Inference(SequenceModel<float> model, Standardization? standardization) : IDisposable
{
    /// <summary>Sequences a batch. Has no influence on the results.</summary>
    private const int BatchSize = 64;

    private readonly SequenceBatch<float> _batch = new();
    private readonly ModelTape<float> _tape = new(keepsSteps: false);

    /// <summary>What the model gives for every sequence, in the order of the data: <c>[O]</c>, or where it answers at every step <c>[steps, O]</c>.</summary>
    public float[][] Outputs(SequenceDataset data, Workers workers)
    {
        int width = model.Spec.OutputSize;
        float[][] outputs = new float[data.Count][];
        ForEachBatch(data, workers, indices =>
        {
            ReadOnlySpan<float> rows = _tape.Logits.Span;
            for (int place = 0; place < _batch.Count; place++)
            {
                int steps = model.Spec.ReadsEveryStep ? _batch.Lengths[place] : 1;
                float[] sequence = outputs[indices[_batch.Order[place]]] = new float[checked(steps * width)];
                for (int t = 0; t < steps; t++)
                    rows.Slice((model.Spec.ReadsEveryStep ? _batch.RowOf(t) + place : place) * width, width).CopyTo(sequence.AsSpan(t * width));
            }
        });
        return outputs;
    }

    /// <summary>The mean loss over data, and the share of right answers where there are such.</summary>
    public (double Loss, double? Accuracy) Evaluate(SequenceDataset data, Objective<float> objective, Workers workers)
    {
        double loss = 0, weight = 0;
        long correct = 0, count = 0;
        ForEachBatch(data, workers, indices =>
        {
            objective.Prepare(_batch, data, indices);
            _tape.LogitsGradient.Resize(_tape.Logits.Length);
            LossResult result = objective.Evaluate(_batch, _tape.Logits.Span, _tape.LogitsGradient.Span);
            loss += result.Loss * result.Weight;
            weight += result.Weight;
            correct += result.Correct;
            count += result.Count;
        });
        return (loss / weight, objective.HasRightAnswers ? (double)correct / count : null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _batch.Dispose();
        _tape.Dispose();
    }

    private void ForEachBatch(SequenceDataset data, Workers workers, Action<int[]> action)
    {
        for (int first = 0; first < data.Count; first += BatchSize)
        {
            int[] indices = [.. Enumerable.Range(first, Math.Min(BatchSize, data.Count - first))];
            _batch.Fill(data, indices, standardization);
            model.Forward(_batch, _tape, workers);
            action(indices);
        }
    }
}
