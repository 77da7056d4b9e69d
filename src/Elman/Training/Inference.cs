using Elman.Kernels;
using Elman.Layers;
using Elman.Losses;
using Elman.Models;
using Elman.Sequences;

namespace Elman.Training;

/// <summary>Runs a trained model over data, batch by batch.</summary>
internal sealed class Inference(SequenceModel<float> model, Standardization? standardization) : IDisposable
{
    /// <summary>Sequences a batch, and steps of them from which on no further one joins. Has no influence on the results.</summary>
    private const int BatchSize = 64, StepsOfABatch = 1 << 20;

    private readonly SequenceBatch<float> _batch = new();
    private readonly ModelTape<float> _tape = new(keepsSteps: false);

    /// <summary>What the model gives for every sequence, in the order of the data: <c>[O]</c>, or where it answers at every step <c>[steps, O]</c>.</summary>
    public float[][] Outputs(SequenceDataset data, Workers workers)
    {
        int width = model.Spec.OutputSize;
        float[][] outputs = new float[data.Count][];
        for (int i = 0; i < data.Count; i++)
            outputs[i] = new float[checked((model.Spec.ReadsEveryStep ? data[i].Steps : 1) * width)];
        ForEachAnswer(data, null, workers, (indices, window) =>
        {
            ReadOnlySpan<float> rows = _tape.Logits.Span;
            if (model.Spec.ReadsEveryStep)
            {
                for (int t = window.FirstStep; t < window.EndStep; t++)
                    for (int place = 0; place < _batch.ActiveAt(t); place++)
                        rows.Slice((_batch.RowOf(t) - window.FirstRow + place) * width, width).CopyTo(outputs[indices[_batch.Order[place]]].AsSpan(t * width));
                return;
            }
            for (int place = 0; place < _batch.Count; place++)
                rows.Slice(place * width, width).CopyTo(outputs[indices[_batch.Order[place]]]);
        });
        return outputs;
    }

    /// <summary>The mean loss over data, and the share of right answers where there are such.</summary>
    public (double Loss, double? Accuracy) Evaluate(SequenceDataset data, Objective<float> objective, Workers workers)
    {
        double loss = 0, weight = 0;
        long correct = 0, count = 0;
        ForEachAnswer(data, objective, workers, (_, window) =>
        {
            _tape.LogitsGradient.Resize(_tape.Logits.Length);
            LossResult result = objective.Evaluate(window, _tape.Logits.Span, _tape.LogitsGradient.Span);
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

    /// <summary>Whenever there are answers on the tape: those of a batch, or where every step has one, of a window of it, so that memory does not grow with the sequences.</summary>
    private void ForEachAnswer(SequenceDataset data, Objective<float>? objective, Workers workers, Action<int[], LayerWindow<float>> action)
    {
        for (int first = 0; first < data.Count;)
        {
            int[] indices = [.. Enumerable.Range(first, CountOfABatch(data, first))];
            first += indices.Length;
            _batch.Fill(data, indices, standardization);
            objective?.Prepare(_batch, data, indices);
            int steps = model.StepsOfAWindow(_batch);
            for (int step = 0; step < _batch.Steps; step += steps)
            {
                LayerWindow<float> window = LayerWindow<float>.Of(_batch, step, Math.Min(step + steps, _batch.Steps));
                model.Forward(window, _tape, workers);
                if (model.Spec.ReadsEveryStep || window.IsLast)
                    action(indices, window);
            }
        }
    }

    private static int CountOfABatch(SequenceDataset data, int first)
    {
        int count = 1;
        long steps = data[first].Steps;
        while (count < BatchSize && first + count < data.Count && (steps += data[first + count].Steps) <= StepsOfABatch)
            count++;
        return count;
    }
}
