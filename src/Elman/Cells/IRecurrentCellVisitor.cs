namespace Elman.Cells;

/// <summary>Code that needs the struct type of a cell, which only the cell's options know, as a type parameter.</summary>
internal interface IRecurrentCellVisitor<out TResult>
{
    TResult Visit<TCell>(TCell cell)
        where TCell : unmanaged, IRecurrentCell;
}
