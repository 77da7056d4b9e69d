using Elman.Models;
using Elman.Sequences;

namespace Elman.Fitted;

/// <summary>A model with its preprocessing and postprocessing: alone, or one of several that are averaged.</summary>
/// <param name="Model">The model, with packed weights.</param>
/// <param name="Preprocessing">Its preprocessing.</param>
internal sealed record Member(SequenceModel<float> Model, Preprocessing Preprocessing)
{
    /// <summary>Its weight in the average, above 0; the weights of all members add up to 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The name of the candidate that it comes from; empty if nothing was chosen.</summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// The divisor of the class scores before softmax or σ (C. Guo and others, "On calibration of modern neural networks", 2017).
    /// </summary>
    public double Temperature { get; init; } = 1;
}
