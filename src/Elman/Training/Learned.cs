using Elman.Models;

namespace Elman.Training;

/// <summary>Everything that was learned, and what is needed to use it: exchanged as one, so that nobody sees halves of two.</summary>
/// <param name="Model">The model, its weights packed.</param>
/// <param name="Names">What its outputs are called: classes, or targets; empty for a forecast.</param>
/// <param name="Standardization">What is done with values on their way in.</param>
/// <param name="TargetScale">In what units targets were learned.</param>
/// <param name="Summary">How it was trained.</param>
/// <param name="History">The figures of every epoch.</param>
internal sealed record Learned(
    SequenceModel<float> Model, IReadOnlyList<string> Names, Standardization? Standardization, Standardization? TargetScale,
    TrainingSummary? Summary, IReadOnlyList<EpochResult> History);
