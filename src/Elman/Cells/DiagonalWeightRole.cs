namespace Elman.Cells;

/// <summary>The use of the weights that a cell applies element by element.</summary>
public enum DiagonalWeightRole
{
    /// <summary>Gates look at the memory through them. They start at 0.</summary>
    Peepholes,

    /// <summary>Recurrent weights of each unit, initialised from U(0, 1); training limits their size.</summary>
    Recurrence,
}
