namespace Elman.Data;

/// <summary>Generates any number of sequences by a published recipe.</summary>
public interface IDataGenerator
{
    /// <summary>The name of the generator in <see cref="BuiltInData"/>.</summary>
    string Name { get; }

    /// <summary>A one-line description of the sequences and the classes.</summary>
    string Description { get; }

    /// <summary>The paper that describes the recipe.</summary>
    string Source { get; }

    /// <summary>The number of channels of a sequence.</summary>
    int Channels { get; }

    /// <summary>The kind of labels. Most generators have one class for each sequence.</summary>
    LabelKind Labels => LabelKind.Class;

    /// <summary>The names of the classes; empty if labels are numbers.</summary>
    IReadOnlyList<string> ClassLabels { get; }

    /// <summary>The names of the targets, if labels are numbers.</summary>
    IReadOnlyList<string> TargetNames => [];

    /// <summary>The symbols of each text channel; empty for other channels.</summary>
    IReadOnlyList<Vocabulary?> Vocabularies => [];

    /// <summary>The default number of training sequences of <see cref="BuiltInData"/>.</summary>
    int DefaultTrainCases { get; }

    /// <summary>The default number of test sequences of <see cref="BuiltInData"/>.</summary>
    int DefaultTestCases { get; }

    /// <summary>Draws one sequence.</summary>
    /// <param name="label">The class of the sequence: an index into <see cref="ClassLabels"/>. Unused if sequences have no class as a
    /// whole.</param>
    /// <param name="random">The random number generator.</param>
    Sequence Draw(int label, SeededRandom random);

    /// <summary>Draws sequences of all classes in turn, so that the numbers of sequences of two classes differ by at most one.</summary>
    /// <param name="cases">The number of sequences; at least 0.</param>
    /// <param name="random">The random number generator.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cases"/> is below 0.</exception>
    SequenceDataset Generate(int cases, SeededRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cases);
        ArgumentNullException.ThrowIfNull(random);
        var sequences = new Sequence[cases];
        for (int i = 0; i < cases; i++)
            sequences[i] = Draw(Labels == LabelKind.Class ? i % ClassLabels.Count : 0, random);
        return new SequenceDataset(Channels, ClassLabels, sequences, Name, TargetNames) { Vocabularies = Vocabularies };
    }
}
