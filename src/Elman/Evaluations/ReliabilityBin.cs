namespace Elman;

/// <summary>The cases whose predicted class has about the same probability: a point of a reliability diagram.</summary>
/// <param name="From">The lower end of the probabilities, which is not in the bin.</param>
/// <param name="To">Their upper end.</param>
/// <param name="Cases">The number of cases.</param>
/// <param name="Probability">Their mean probability of the predicted class.</param>
/// <param name="Accuracy">The share that is predicted correctly, with its interval; calibrated probabilities are equal to it.</param>
public sealed record ReliabilityBin(double From, double To, int Cases, double Probability, ConfidenceInterval Accuracy);
