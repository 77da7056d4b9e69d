namespace Elman.Evaluations;

/// <summary>Areas under curves, for each class.</summary>
/// <param name="Roc">The area under the ROC curve.</param>
/// <param name="Precision">The average precision.</param>
internal sealed record ClassAreas(double[] Roc, double[] Precision);
