using Elman.Layers;

namespace Elman;

// A cell that is not in the catalog.
public sealed partial record TrainingOptions
{
    /// <summary>
    /// A cell of your own, which learns by gradients; <see cref="Cell"/> is its name then. Options that only some cells take are not for
    /// it, but <see cref="ForgetBias"/> where it has a forget gate. Default <see langword="null"/>: the built-in one that
    /// <see cref="Cell"/> names.
    /// </summary>
    public CustomCell? CustomCell
    {
        get => field is { } custom && custom.Name == Cell ? custom : null;
        init
        {
            field = value;
            if (value is not null)
                Cell = value.Name;
        }
    }

    /// <summary>The cell, or <see langword="null"/> where the name is not known.</summary>
    internal CellEntry? CellEntry => CustomCell?.Entry ?? CellCatalog.Find(Cell);
}
