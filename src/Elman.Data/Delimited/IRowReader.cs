namespace Elman.Data;

/// <summary>Makes sequences from the rows of a table.</summary>
internal interface IRowReader
{
    /// <summary>The number of sequences so far.</summary>
    int SequenceCount { get; }

    /// <summary>Takes in the current row.</summary>
    /// <exception cref="DataFileException">The row doesn't fit.</exception>
    void Take();

    /// <summary>The sequences of all rows.</summary>
    /// <exception cref="DataFileException">The rows don't fit together.</exception>
    SequenceDataset Finish(string name);
}
