namespace Elman;

/// <summary>The task of baselines.</summary>
public enum BaselineTask
{
    /// <summary>Predict the class of each sequence, as a <see cref="SequenceClassifier"/> does.</summary>
    Classify,

    /// <summary>Predict the classes that apply to each sequence, any number of them.</summary>
    ClassifyMany,

    /// <summary>Predict the class of every step, as a <see cref="SequenceTagger"/> does.</summary>
    Tag,

    /// <summary>Predict the targets of each sequence, as a <see cref="SequenceRegressor"/> does.</summary>
    Regress,

    /// <summary>Forecast the next steps, as a <see cref="SequenceForecaster"/> does.</summary>
    Forecast,
}
