namespace Elman;

/// <summary>What a file of a model can't say: code of the caller's own that the model names, and how it is to run here.</summary>
public sealed class LoadOptions
{
    /// <summary>
    /// The number of threads for predictions of many sequences and for further training: becomes
    /// <see cref="TrainingOptions.Threads"/> of the loaded model. 1 where many callers ask at once, as on a server; 0 for one per
    /// processor; at most 1,024. The answers do not depend on it. Default 0.
    /// </summary>
    /// <remarks>A <see cref="SimpleRnnClassifier{T}"/> works on the thread of its caller and does not look at it.</remarks>
    public int Threads { get; init; }

    /// <summary>The activations of the caller's own that models may name (<see cref="Activation.Custom"/>): each is found by its
    /// <see cref="Activation.Name"/>. Default none.</summary>
    public IReadOnlyList<Activation> CustomActivations { get; init; } = [];

    /// <summary>The cells of the caller's own that models may name: each is found by its <see cref="CellOptions.Name"/>. Default none.
    /// </summary>
    public IReadOnlyList<CustomCell> CustomCells { get; init; } = [];

    /// <summary>The readouts of the caller's own that models may name: each is found by its <see cref="Readout.Name"/>. Default none.
    /// </summary>
    public IReadOnlyList<Readout> CustomReadouts { get; init; } = [];

    /// <summary>Every default.</summary>
    internal static LoadOptions Default { get; } = new();

    /// <summary>The activation of the caller's own that has a name, or <see langword="null"/>.</summary>
    internal Activation? FindActivation(string? name) => CustomActivations.FirstOrDefault(activation => activation.Name == name);

    /// <summary>The readout of the caller's own that has a name, or <see langword="null"/>.</summary>
    internal Readout? FindReadout(string? name) => CustomReadouts.FirstOrDefault(readout => readout.Name == name);

    /// <summary>The cell of the caller's own that has a name, or <see langword="null"/>.</summary>
    internal CustomCell? FindCell(string name) => CustomCells.FirstOrDefault(cell => cell.Name == name);
}
