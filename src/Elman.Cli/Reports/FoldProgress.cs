namespace Elman.Cli.Reports;

/// <summary>Shows on a terminal which fold is being trained.</summary>
internal sealed class FoldProgress(Terminal terminal, int folds) : IProgress<int>, IDisposable
{
    private bool _isShown;

    /// <summary>Reports the start of a fold.</summary>
    /// <param name="value">The number of the fold, from 0.</param>
    public void Report(int value)
    {
        if (!terminal.ErrorIsRich)
            return;
        terminal.Error.Write($"\rfold {value + 1} of {folds} … ");
        terminal.Error.Flush();
        _isShown = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isShown)
            terminal.Error.Write("\r" + new string(' ', 30) + "\r");
    }
}
