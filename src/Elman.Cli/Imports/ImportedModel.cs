namespace Elman.Cli.Imports;

/// <summary>A model that was read from the file of another library, and how it was understood.</summary>
/// <param name="Estimator">The model.</param>
/// <param name="Parts">The parts of the file, and what they became.</param>
/// <param name="Definition">The model as the other library defines it, one line each.</param>
/// <param name="Notes">What was assumed, one sentence each.</param>
/// <param name="Warnings">What differs from the file, one sentence each.</param>
internal sealed record ImportedModel(SequenceEstimator Estimator, IReadOnlyList<FilePart> Parts, IReadOnlyList<string> Definition,
    IReadOnlyList<string> Notes, IReadOnlyList<string> Warnings);

/// <summary>A part of a file of another library, such as a tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its numbers.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Role">What it is in a model.</param>
internal sealed record FilePart(string Name, string Type, IReadOnlyList<long> Shape, string Role);
