namespace Elman.Models;

/// <summary>The task of a model.</summary>
internal enum ModelTask
{
    /// <summary>Classification of sequences: one class each.</summary>
    Classify,

    /// <summary>Multi-label classification of sequences: any number of classes, independently of each other.</summary>
    ClassifyMany,

    /// <summary>Classification of steps.</summary>
    Tag,

    /// <summary>Regression: numbers for a sequence.</summary>
    Regress,

    /// <summary>Forecasting: at every step, the values of the next steps.</summary>
    Forecast,
}
