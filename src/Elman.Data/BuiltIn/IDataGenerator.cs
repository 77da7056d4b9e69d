namespace Elman.Data;

/// <summary>Sequences from a published recipe, as many as wanted.</summary>
public interface IDataGenerator
{
    /// <summary>The name under which <see cref="BuiltInData"/> lists it.</summary>
    string Name { get; }

    /// <summary>A one-line description of the sequences and the classes.</summary>
    string Description { get; }

    /// <summary>The paper that the recipe comes from.</summary>
    string Source { get; }

    /// <summary>The number of channels of a sequence.</summary>
    int Channels { get; }

    /// <summary>What its labels are. Most have one class for each sequence.</summary>
    LabelKind Labels => LabelKind.Class;

    /// <summary>The names of the classes; empty where labels are numbers.</summary>
    IReadOnlyList<string> ClassLabels { get; }

    /// <summary>The names of the numbers to learn, where labels are numbers.</summary>
    IReadOnlyList<string> TargetNames => [];

    /// <summary>The symbols of each text channel; empty for other channels.</summary>
    IReadOnlyList<Vocabulary?> Vocabularies => [];

    /// <summary>The default number of training sequences of <see cref="BuiltInData"/>.</summary>
    int DefaultTrainCases { get; }

    /// <summary>The default number of test sequences of <see cref="BuiltInData"/>.</summary>
    int DefaultTestCases { get; }

    /// <summary>Draws one sequence.</summary>
    /// <param name="label">Its class: an index into <see cref="ClassLabels"/>.
    /// Without meaning where a sequence as a whole has no class.</param>
    /// <param name="random">Where the randomness comes from.</param>
    Sequence Draw(int label, SeededRandom random);

    /// <summary>Draws sequences, of all classes in turn, so that no class has more than one sequence more than another.</summary>
    /// <param name="cases">The number of sequences; at least 0.</param>
    /// <param name="random">Where the randomness comes from.</param>
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
