namespace Elman.Cli;

/// <summary>The exit status of the process.</summary>
internal static class ExitStatus
{
    /// <summary>The command succeeded.</summary>
    public const int Done = 0;

    /// <summary>Arguments and input were valid, but the work failed: training diverged, or the disk is full.</summary>
    public const int Failed = 1;

    /// <summary>Bad arguments or input.</summary>
    public const int WrongInput = 2;
}
