namespace Elman.Cli.Tasks;

/// <summary>What a model is to learn.</summary>
internal enum TaskKind
{
    /// <summary>Which class a sequence belongs to.</summary>
    Classify,

    /// <summary>Which class each step belongs to.</summary>
    Tag,

    /// <summary>Numbers, for each sequence.</summary>
    Regress,

    /// <summary>How a sequence goes on.</summary>
    Forecast,
}
