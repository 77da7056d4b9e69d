namespace Elman.Cli.Reports;

/// <summary>Says on a terminal which fold is being trained.</summary>
internal sealed class FoldProgress(Terminal terminal, int folds) : IDisposable
{
    private bool _isShown;

    /// <summary>Says that a fold begins.</summary>
    /// <param name="fold">Its number, from 0.</param>
    /// <returns>What hears of its training: nobody.</returns>
    public IProgress<TrainingProgress>? Of(int fold)
    {
        if (terminal.ErrorIsRich)
        {
            terminal.Error.Write($"\rfold {fold + 1} of {folds} … ");
            terminal.Error.Flush();
            _isShown = true;
        }
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isShown)
            terminal.Error.Write("\r" + new string(' ', 30) + "\r");
    }
}
