namespace Elman.Learners;

/// <summary>Chooses the learner for a model of one cell.</summary>
internal static class Learner
{
    /// <summary>The learner for options that name a cell.</summary>
    public static ILearner Of(TrainingOptions options) => options switch
    {
        { IsReservoir: true } => new RidgeLearner(options),
        { LearnsOutputByLeastSquares: true } => new CountingLearner(options),
        _ => new GradientLearner(options),
    };
}
