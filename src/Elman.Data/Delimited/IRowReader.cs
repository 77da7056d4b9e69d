namespace Elman.Data;

/// <summary>Converts the rows of a table to sequences.</summary>
internal interface IRowReader
{
    /// <summary>The number of sequences so far.</summary>
    int SequenceCount { get; }

    /// <summary>Processes the current row.</summary>
    /// <exception cref="DataFileException">The row is not valid.</exception>
    void Take();

    /// <summary>Returns the sequences of all rows.</summary>
    /// <exception cref="DataFileException">The rows are inconsistent.</exception>
    SequenceDataset Finish(string name);
}
