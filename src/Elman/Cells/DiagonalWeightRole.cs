namespace Elman.Cells;

/// <summary>What the weights are for that a cell applies element by element.</summary>
public enum DiagonalWeightRole
{
    /// <summary>Gates look at the memory through them. They start at 0.</summary>
    Peepholes,

    /// <summary>They carry each unit's state on. They start in U(0, 1), and training keeps them within what a gradient can bear.</summary>
    Recurrence,
}
