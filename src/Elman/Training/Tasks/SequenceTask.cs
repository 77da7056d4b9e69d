using System.Numerics.Tensors;
using Elman.Losses;
using Elman.Models;
using Elman.Training.Objectives;
using Elman.Training.Ridge;

namespace Elman.Training.Tasks;

/// <summary>
/// The task of a model, with everything that depends on it: losses, checks of data, objective, and the conversion of outputs. There is one
/// instance of each task.
/// </summary>
internal abstract class SequenceTask
{
    /// <summary>The minimum of a probability in a log loss.</summary>
    protected const double LeastProbability = 1e-15;

    private static readonly TrainingOptions _defaults = new();

    /// <summary>Classification of sequences: one class each.</summary>
    public static SequenceTask Classify { get; } = new ClassifyTask();

    /// <summary>Multi-label classification of sequences.</summary>
    public static SequenceTask ClassifyMany { get; } = new ClassifyManyTask();

    /// <summary>Classification of steps.</summary>
    public static SequenceTask Tag { get; } = new TagTask();

    /// <summary>Regression: numbers for a sequence.</summary>
    public static SequenceTask Regress { get; } = new RegressTask();

    /// <summary>Forecasting: at every step, the values of the next steps.</summary>
    public static SequenceTask Forecast { get; } = new ForecastTask();

    /// <summary>The task's name in the description of a model.</summary>
    public abstract ModelTask Kind { get; }

    /// <summary>The name of the task in sentences.</summary>
    public abstract string Name { get; }

    /// <summary>The kind in its model files.</summary>
    public abstract string FileKind { get; }

    /// <summary>The losses that it can be trained with; the first is the default.</summary>
    public abstract IReadOnlyList<Loss> Losses { get; }

    /// <summary>The loss that is used unless another is chosen.</summary>
    public Loss OwnLoss => Losses[0];

    /// <summary>Whether the outputs are scores of classes.</summary>
    public abstract bool HasClasses { get; }

    /// <summary>Whether a model has an output at every step.</summary>
    public bool AnswersEveryStep => Kind is ModelTask.Tag or ModelTask.Forecast;

    /// <summary>Whether every output has a separate name: a class or a target.</summary>
    public virtual bool HasNames => true;

    /// <summary>Whether targets are standardised for training.</summary>
    public virtual bool ScalesTargets => false;

    /// <summary>The task of a model.</summary>
    public static SequenceTask Of(ModelSpec spec) => spec.Task switch
    {
        ModelTask.ClassifyMany => ClassifyMany,
        ModelTask.Tag => Tag,
        ModelTask.Regress => Regress,
        ModelTask.Forecast => Forecast,
        _ => Classify,
    };

    /// <summary>The options that conflict with the task, one sentence each.</summary>
    public virtual IReadOnlyList<string> FindProblems(TrainingOptions options)
    {
        var problems = new List<string>();
        if (options.Loss is { Kind: not LossKind.Custom } loss && Losses.All(own => own.Kind != loss.Kind))
            problems.Add($"Loss is {loss}, which is not for {Name}; it may be {string.Join(", ", NamesOfLosses())}.");
        problems.AddRange(ReservoirOptions.FindProblems(options, this));
        if (options.LabelSmoothing > 0 && (!HasClasses || options.Loss?.Kind is LossKind.Focal or LossKind.Custom))
            problems.Add("LabelSmoothing is for cross-entropy; leave it at 0.");
        if (!HasClasses && options.ClassWeights is not null && !options.ClassWeights.Equals(ClassWeights.None))
            problems.Add($"ClassWeights is for classes, but {Name} has none; leave it at its default.");
        if (options.Forecast.Horizon > 1 && Kind != ModelTask.Forecast)
            problems.Add("Horizon is for forecasting; leave it at 1.");
        if (options.Forecast with { Horizon = 1 } != _defaults.Forecast && Kind != ModelTask.Forecast)
            problems.Add("Calendar, Known and Quantiles are for forecasting; leave them at their defaults.");
        problems.AddRange(options.SpecFor(channels: 1, outputSize: 1, Kind).FindProblems()
            .Except(options.SpecFor(channels: 1, outputSize: 1).FindProblems()));
        problems.AddRange(EmbeddingOptions.FindProblems(options, Kind).Except(EmbeddingOptions.FindProblems(options)));
        return problems;
    }

    /// <summary>Checks that data are suitable for training: for a classifier, at least two classes.</summary>
    /// <exception cref="ArgumentException">The data are not suitable; the message says where.</exception>
    public virtual void CheckTraining(SequenceDataset data, TrainingOptions options, string parameter) =>
        CheckFurther(data, options, parameter);

    /// <summary>The same for further data: they need not have every class.</summary>
    /// <exception cref="ArgumentException">The data are not suitable; the message says where.</exception>
    public abstract void CheckFurther(SequenceDataset data, TrainingOptions options, string parameter);

    /// <summary>Checks data against the fitted model, and maps their classes or targets to those of the model.</summary>
    /// <param name="data">The data.</param>
    /// <param name="names">The model's classes or targets.</param>
    /// <param name="channels">The model's channels.</param>
    /// <param name="options">The model's options.</param>
    /// <param name="parameter">The caller's parameter, for the exception.</param>
    /// <exception cref="ArgumentException">The data do not match; the message says where.</exception>
    public abstract SequenceDataset Align(
        SequenceDataset data, IReadOnlyList<string> names, int channels, TrainingOptions options, string parameter);

    /// <summary>The names of the outputs.</summary>
    public abstract IReadOnlyList<string> NamesOf(SequenceDataset data);

    /// <summary>The number of outputs of the model.</summary>
    public virtual int OutputSizeOf(SequenceDataset data, TrainingOptions options) => NamesOf(data).Count;

    /// <summary>The standardisation of the targets; <see langword="null"/> if there is none.</summary>
    public virtual Standardization? TargetScaleOf(SequenceDataset data) => null;

    /// <summary>Creates the objective, which evaluates outputs.</summary>
    /// <param name="outputs">The meaning of the outputs.</param>
    /// <param name="data">The training data: balanced class weights depend on them.</param>
    /// <param name="options">The training options.</param>
    public abstract Objective<float> CreateObjective(OutputMeaning outputs, SequenceDataset data, TrainingOptions options);

    /// <summary>
    /// The loss of a guess, the best constant prediction for the training data, with the loss of the options: see <see cref="GuessLoss"/>.
    /// </summary>
    /// <param name="data">The training data.</param>
    /// <param name="options">The training options.</param>
    /// <returns>The loss; <see langword="null"/> if the options have a loss other than the task's own, or if a guess can't be
    /// wrong.</returns>
    public double? GuessLossOf(SequenceDataset data, TrainingOptions options)
    {
        LossFunction loss = LossOf(NamesOf(data), options, CountsOf(data, options));
        return GuessLossOf(data, options, loss) is double guess and > 0 ? guess : null;
    }

    /// <summary>The number of cases of each class, for class weights; empty if there are no classes.</summary>
    protected virtual IReadOnlyList<long> CountsOf(SequenceDataset data, TrainingOptions options) => [];

    /// <summary>The loss of a guess, for a loss function; <see langword="null"/> if it is not known.</summary>
    protected abstract double? GuessLossOf(SequenceDataset data, TrainingOptions options, LossFunction loss);

    /// <summary>
    /// Converts raw outputs to predictions, in place: scores to probabilities, numbers to the units of the data.
    /// </summary>
    public abstract void Express(OutputMeaning meaning, Span<float> outputs);

    /// <summary>
    /// The true values of a case in the form of a prediction: 1 or 0 for each class, or numbers in the units of the data; NaN if not known.
    /// </summary>
    public abstract double[] TargetOf(SequenceDataset data, AnswerKey key, int outputs);

    /// <summary>The loss by which models are compared: the log loss of probabilities, the squared error of numbers.</summary>
    /// <param name="answer">The prediction.</param>
    /// <param name="target">The true values, in the form of a prediction.</param>
    /// <param name="units">The divisor of the squared error of each output; not used for classes.</param>
    public abstract double LossOf(ReadOnlySpan<double> answer, ReadOnlySpan<double> target, ReadOnlySpan<double> units);

    /// <summary>Whether a prediction is correct. Always false for numbers.</summary>
    public virtual bool IsRight(ReadOnlySpan<double> answer, ReadOnlySpan<double> target) => false;

    /// <summary>The scales of the outputs of least squares that calibrate the probabilities.</summary>
    /// <param name="solutions">The solutions with leave-one-out predictions.</param>
    /// <param name="outputs">The number of outputs.</param>
    public virtual double[] ScoreScales(RidgeSolution[] solutions, int outputs) => [.. Enumerable.Repeat(1.0, outputs)];

    /// <summary>The output of least squares that becomes a score of 0.</summary>
    public virtual double ZeroScore => 0;

    /// <summary>The true values for a class label: 1 for this class, 0 for the others; NaN if it is not known.</summary>
    protected static double[] TargetOf(int label, int classes)
    {
        double[] target = new double[classes];
        if (label < 0)
            Array.Fill(target, double.NaN);
        else
            target[label] = 1;
        return target;
    }

    /// <summary>−ln p of the true class.</summary>
    protected static double LogLoss(ReadOnlySpan<double> answer, ReadOnlySpan<double> target) =>
        -Math.Log(Math.Max(answer[TensorPrimitives.IndexOfMax(target)], LeastProbability));

    /// <summary>The mean over the known outputs of the squared error in given units.</summary>
    protected static double SquaredError(ReadOnlySpan<double> answer, ReadOnlySpan<double> target, ReadOnlySpan<double> units)
    {
        double sum = 0;
        int known = 0;
        for (int o = 0; o < target.Length; o++)
        {
            if (double.IsNaN(target[o]))
                continue;
            sum += (answer[o] - target[o]) * (answer[o] - target[o]) / units[o];
            known++;
        }
        return sum / Math.Max(known, 1);
    }

    /// <summary>The loss with its options.</summary>
    /// <param name="names">The names of the outputs.</param>
    /// <param name="options">The training options.</param>
    /// <param name="counts">The number of cases of each class; empty if there are no classes.</param>
    protected LossFunction LossOf(IReadOnlyList<string> names, TrainingOptions options, IReadOnlyList<long> counts) =>
        new(options.Loss ?? OwnLoss)
        {
            ClassWeights = counts.Count == 0 ? [] : options.ClassWeights.For(names, counts),
            LabelSmoothing = options.LabelSmoothing,
        };

    private IEnumerable<string> NamesOfLosses() => Loss.Names.Where(name => Losses.Any(loss => loss.Kind == Loss.Parse(name).Kind));
}
