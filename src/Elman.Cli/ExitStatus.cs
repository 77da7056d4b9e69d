namespace Elman.Cli;

/// <summary>What the process tells whoever started it.</summary>
internal static class ExitStatus
{
    /// <summary>The work is done.</summary>
    public const int Done = 0;

    /// <summary>Words and input were fine, but the work failed: training diverged, or the disk is full.</summary>
    public const int Failed = 1;

    /// <summary>The words or the input are wrong.</summary>
    public const int WrongInput = 2;
}
