namespace Elman.Cells;

/// <summary>Takes the struct of a cell, whose type only its options know.</summary>
internal interface IRecurrentCellVisitor<out TResult>
{
    TResult Visit<TCell>(TCell cell)
        where TCell : unmanaged, IRecurrentCell;
}
