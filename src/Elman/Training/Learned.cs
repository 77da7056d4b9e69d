using Elman.Kernels;
using Elman.Losses;
using Elman.Models;
using Elman.Sequences;

namespace Elman.Training;

/// <summary>Everything that was learned, and what is needed to use it: exchanged as one, so that nobody sees halves of two.</summary>
/// <param name="Model">The model, its weights packed.</param>
/// <param name="Names">What its outputs are called: classes, or targets; empty for a forecast.</param>
/// <param name="Preprocessing">What is done with values on their way in.</param>
/// <param name="TargetScale">In what units targets were learned.</param>
/// <param name="Summary">How it was trained.</param>
/// <param name="History">The figures of every epoch.</param>
internal sealed record Learned(
    SequenceModel<float> Model, IReadOnlyList<string> Names, Preprocessing Preprocessing, Standardization? TargetScale,
    TrainingSummary? Summary, IReadOnlyList<EpochResult> History)
{
    /// <summary>Channels of the data.</summary>
    public int Channels => Preprocessing.Channels;

    /// <summary>A number that another model, or the same behind another preprocessing, is unlikely to have.</summary>
    public uint Fingerprint => Checksum.Add(Model.Fingerprint, [(byte)Preprocessing.Missing]);

    /// <summary>Turns what the model gives into what is told: probabilities, or numbers in the units of the data.</summary>
    public void Express(Span<float> outputs)
    {
        switch (Model.Spec.Task)
        {
            case ModelTask.Classify or ModelTask.Tag:
                for (int first = 0; first < outputs.Length; first += Names.Count)
                    Softmax.Apply<float>(outputs.Slice(first, Names.Count), outputs.Slice(first, Names.Count));
                break;
            case ModelTask.ClassifyMany:
                ClassSigmoid.Apply(outputs);
                break;
            case ModelTask.Regress:
                TargetScale?.Undo(outputs);
                break;
            default:
                Preprocessing.Standardization?.Undo(outputs);
                break;
        }
    }
}
