namespace Elman;

/// <summary>What baselines are asked to do with the data.</summary>
public enum BaselineTask
{
    /// <summary>Tell the one class of each sequence, as a <see cref="SequenceClassifier"/> does.</summary>
    Classify,

    /// <summary>Tell which classes apply to each sequence, any number of them.</summary>
    ClassifyMany,

    /// <summary>Tell the class of every step, as a <see cref="SequenceTagger"/> does.</summary>
    Tag,

    /// <summary>Tell the targets of each sequence, as a <see cref="SequenceRegressor"/> does.</summary>
    Regress,

    /// <summary>Tell the next steps, as a <see cref="SequenceForecaster"/> does.</summary>
    Forecast,
}
