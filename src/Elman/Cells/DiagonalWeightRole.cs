namespace Elman.Cells;

/// <summary>The role of a cell's diagonal weights, which it applies element by element.</summary>
public enum DiagonalWeightRole
{
    /// <summary>Peephole weights: inputs of gates from the memory. Initially 0.</summary>
    Peepholes,

    /// <summary>Recurrent weights of each unit, initialised from U(0, 1); training limits their size.</summary>
    Recurrence,
}
