using System.Numerics.Tensors;
using Elman.Fitted;
using Elman.Kernels;

namespace Elman.Inference;

/// <summary>Runs all members of a fitted model on data, in order, and averages their predictions.</summary>
/// <param name="fitted">The fitted model.</param>
/// <param name="numbersOfAPart">The maximum number of values in the predictions for a part of the data, unless a single sequence has more;
/// by default 64 MB. It does not affect the results.</param>
internal sealed class EnsembleInference(FittedModel fitted, long numbersOfAPart = 1 << 24) : IDisposable
{
    private readonly ModelInference[] _members =
        [.. fitted.Members.Select(member => new ModelInference(member.Model, member.Preprocessing))];

    /// <summary>The fitted model.</summary>
    public FittedModel Fitted => fitted;

    /// <summary>
    /// Returns the prediction for every sequence, in the order of the data: probabilities, or numbers in the units of the data; <c>[O]</c>,
    /// or <c>[steps, O]</c> if there is an output at every step.
    /// </summary>
    /// <param name="data">The data, already checked.</param>
    /// <param name="workers">The threads to use.</param>
    /// <param name="parameter">The caller's parameter, for the exception.</param>
    /// <exception cref="ArgumentException">A sequence overflows a member's arithmetic, its prediction is not finite in the units of the
    /// data, or its predictions do not fit into an array.</exception>
    public float[][] Answers(SequenceDataset data, Workers workers, string parameter) => [.. AnswersOneByOne(data, workers, parameter)];

    /// <summary>
    /// The same, computed lazily, one part of the data at a time. Memory does not grow with the data if the caller does not keep the
    /// predictions.
    /// </summary>
    /// <inheritdoc cref="Answers(SequenceDataset, Workers, string)"/>
    public IEnumerable<float[]> AnswersOneByOne(SequenceDataset data, Workers workers, string parameter)
    {
        for (int i = 0; i < data.Count; i++)
            if (NumbersOf(data[i]) > Array.MaxLength)
                throw new ArgumentException($"Sequence {i + 1} of '{data.Name}' has {data[i].Steps} steps with "
                    + $"{Amount.Of(fitted.Model.Spec.OutputSize, "output")} each, more than memory can hold. Give only its last steps, or "
                    + "split it.", parameter);
        for (int first = 0; first < data.Count;)
        {
            int end = EndOfPart(data, first);
            foreach (float[] answer in AnswersOfPart(data, first..end, workers, parameter))
                yield return answer;
            first = end;
        }
    }

    private float[][] AnswersOfPart(SequenceDataset data, Range part, Workers workers, string parameter)
    {
        float[][] answers = [];
        for (int m = 0; m < _members.Length; m++)
        {
            float[][] outputs = _members[m].Outputs(data, part, workers);
            answers = m == 0 ? outputs : answers;
            for (int i = 0; i < outputs.Length; i++)
            {
                if (!TensorPrimitives.IsFiniteAll<float>(outputs[i]))
                    throw new ArgumentException($"Sequence {part.Start.Value + i + 1} of '{data.Name}' has values so large that the model "
                        + "can't compute with them. Check its units.", parameter);
                fitted.Express(fitted.Members[m], outputs[i]);
                fitted.Average(m, outputs[i], answers[i]);
                if (!TensorPrimitives.IsFiniteAll<float>(answers[i]))
                    throw new ArgumentException($"The prediction for sequence {part.Start.Value + i + 1} of '{data.Name}' is too large for "
                        + "a 32-bit number in the units of the training data. Check the units of the data and of the training data.",
                        parameter);
            }
        }
        return answers;
    }

    /// <summary>Returns the end of the part that begins with a sequence.</summary>
    private int EndOfPart(SequenceDataset data, int first)
    {
        int end = first + 1;
        long numbers = NumbersOf(data[first]);
        while (end < data.Count && (numbers += NumbersOf(data[end])) <= numbersOfAPart)
            end++;
        return end;
    }

    private long NumbersOf(Sequence sequence) => (fitted.Task.AnswersEveryStep ? sequence.Steps : 1L) * fitted.Model.Spec.OutputSize;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ModelInference member in _members)
            member.Dispose();
    }
}
