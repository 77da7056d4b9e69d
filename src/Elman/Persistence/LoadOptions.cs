namespace Elman;

/// <summary>Settings that a model file does not contain: custom code that the model names, and the number of threads.</summary>
public sealed class LoadOptions
{
    /// <summary>
    /// The number of threads for predictions of many sequences and for further training. It becomes <see cref="TrainingOptions.Threads"/>
    /// of the loaded model. Use 1 if many callers predict at the same time, as on a server; 0 for one per processor; at most 1,024.
    /// Predictions do not depend on it. Default 0.
    /// </summary>
    /// <remarks>A <see cref="SimpleRnnClassifier{T}"/> runs on the thread of its caller and ignores it.</remarks>
    public int Threads { get; init; }

    /// <summary>The custom activations that models may name (<see cref="Activation.Custom"/>); each is identified by its
    /// <see cref="Activation.Name"/>. Default none.</summary>
    public IReadOnlyList<Activation> CustomActivations { get; init; } = [];

    /// <summary>The custom cells that models may name; each is identified by its <see cref="CellOptions.Name"/>. Default none.</summary>
    public IReadOnlyList<CustomCell> CustomCells { get; init; } = [];

    /// <summary>The custom readouts that models may name; each is identified by its <see cref="Readout.Name"/>. Default none.</summary>
    public IReadOnlyList<Readout> CustomReadouts { get; init; } = [];

    /// <summary>The defaults.</summary>
    internal static LoadOptions Default { get; } = new();

    /// <summary>Returns the custom activation with a name, or <see langword="null"/>.</summary>
    internal Activation? FindActivation(string? name) => CustomActivations.FirstOrDefault(activation => activation.Name == name);

    /// <summary>Returns the custom readout with a name, or <see langword="null"/>.</summary>
    internal Readout? FindReadout(string? name) => CustomReadouts.FirstOrDefault(readout => readout.Name == name);

    /// <summary>Returns the custom cell with a name, or <see langword="null"/>.</summary>
    internal CustomCell? FindCell(string name) => CustomCells.FirstOrDefault(cell => cell.Name == name);
}
