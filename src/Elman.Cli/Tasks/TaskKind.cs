namespace Elman.Cli.Tasks;

/// <summary>The task of a model.</summary>
internal enum TaskKind
{
    /// <summary>A class for each sequence.</summary>
    Classify,

    /// <summary>A class for each step.</summary>
    Tag,

    /// <summary>Numbers for each sequence.</summary>
    Regress,

    /// <summary>The next steps of each sequence.</summary>
    Forecast,
}
