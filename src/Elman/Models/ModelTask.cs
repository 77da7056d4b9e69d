namespace Elman.Models;

/// <summary>What a model is asked.</summary>
internal enum ModelTask
{
    /// <summary>Which one class a sequence belongs to.</summary>
    Classify,

    /// <summary>Which classes apply to a sequence: any, each on its own.</summary>
    ClassifyMany,

    /// <summary>Which class each step belongs to.</summary>
    Tag,

    /// <summary>Numbers, for a sequence.</summary>
    Regress,

    /// <summary>At every step, the values of the next few.</summary>
    Forecast,
}
