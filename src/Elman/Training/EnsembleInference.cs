using System.Numerics.Tensors;
using Elman.Kernels;

namespace Elman.Training;

/// <summary>Runs all members of what was learned over data, one after the other, and averages their answers.</summary>
internal sealed class EnsembleInference(Learned learned) : IDisposable
{
    private readonly Inference[] _members = [.. learned.Members.Select(member => new Inference(member.Model, member.Preprocessing))];

    /// <summary>
    /// The answer for every sequence, in the order of the data: probabilities, or numbers in the units of the data; <c>[O]</c>, or where
    /// there is one at every step <c>[steps, O]</c>.
    /// </summary>
    /// <param name="data">The data, checked before.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="parameter">The caller's parameter, for the exception.</param>
    /// <exception cref="ArgumentException">A sequence overflows a member's arithmetic.</exception>
    public float[][] Answers(SequenceDataset data, Workers workers, string parameter)
    {
        float[][] answers = [];
        for (int m = 0; m < _members.Length; m++)
        {
            float[][] outputs = _members[m].Outputs(data, workers);
            answers = m == 0 ? outputs : answers;
            for (int i = 0; i < outputs.Length; i++)
            {
                if (!TensorPrimitives.IsFiniteAll<float>(outputs[i]))
                    throw new ArgumentException($"Sequence {i + 1} of '{data.Name}' has values so large that the model can't compute with "
                        + "them. Check its units.", parameter);
                learned.Express(learned.Members[m], outputs[i]);
                learned.Average(m, outputs[i], answers[i]);
            }
        }
        return answers;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Inference member in _members)
            member.Dispose();
    }
}
