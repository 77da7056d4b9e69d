namespace Elman;

/// <summary>How the learning rate changes during training.</summary>
public enum LearningRateSchedule
{
    /// <summary>From the learning rate down to 0 along half a cosine (I. Loshchilov and F. Hutter, 2017).</summary>
    Cosine,

    /// <summary>The same from the first step to the last.</summary>
    Constant,
}
