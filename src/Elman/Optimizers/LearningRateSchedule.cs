namespace Elman;

/// <summary>How the learning rate changes during training.</summary>
public enum LearningRateSchedule
{
    /// <summary>Decreases from the learning rate to 0 along half a cosine (I. Loshchilov and F. Hutter, 2017).</summary>
    Cosine,

    /// <summary>Constant over all steps.</summary>
    Constant,
}
