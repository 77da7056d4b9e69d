using System.Numerics.Tensors;
using Elman.Losses;
using Elman.Models;
using Elman.Training.Objectives;
using Elman.Training.Ridge;

namespace Elman.Training.Tasks;

/// <summary>
/// The task of a model, with everything that depends on it: losses, checks of data, objective, and the conversion of outputs.
/// One instance for each task.
/// </summary>
internal abstract class SequenceTask
{
    /// <summary>A probability below this counts as this in a log loss.</summary>
    protected const double LeastProbability = 1e-15;

    private static readonly TrainingOptions _defaults = new();

    /// <summary>Which one class a sequence belongs to.</summary>
    public static SequenceTask Classify { get; } = new ClassifyTask();

    /// <summary>Which classes apply to a sequence: any number of them.</summary>
    public static SequenceTask ClassifyMany { get; } = new ClassifyManyTask();

    /// <summary>Which class each step belongs to.</summary>
    public static SequenceTask Tag { get; } = new TagTask();

    /// <summary>Numbers for a sequence.</summary>
    public static SequenceTask Regress { get; } = new RegressTask();

    /// <summary>At every step, the values of the next steps.</summary>
    public static SequenceTask Forecast { get; } = new ForecastTask();

    /// <summary>The task's name in the description of a model.</summary>
    public abstract ModelTask Kind { get; }

    /// <summary>The task as a sentence names it.</summary>
    public abstract string Name { get; }

    /// <summary>The kind of its model files.</summary>
    public abstract string FileKind { get; }

    /// <summary>The losses that it can be trained with; the first is the default.</summary>
    public abstract IReadOnlyList<Loss> Losses { get; }

    /// <summary>The loss that is used unless another is chosen.</summary>
    public Loss OwnLoss => Losses[0];

    /// <summary>Whether the outputs are scores of classes.</summary>
    public abstract bool HasClasses { get; }

    /// <summary>Whether a model answers at every step.</summary>
    public bool AnswersEveryStep => Kind is ModelTask.Tag or ModelTask.Forecast;

    /// <summary>Whether every output has a separate name: a class or a target.</summary>
    public virtual bool HasNames => true;

    /// <summary>Whether targets are learned in standardised units.</summary>
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

    /// <summary>The options that do not go with the task, one sentence each.</summary>
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
    /// <exception cref="ArgumentException">They are not suitable; the message says where.</exception>
    public virtual void CheckTraining(SequenceDataset data, TrainingOptions options, string parameter) =>
        CheckFurther(data, options, parameter);

    /// <summary>The same for further data: they need not have every class.</summary>
    /// <exception cref="ArgumentException">They are not suitable; the message says where.</exception>
    public abstract void CheckFurther(SequenceDataset data, TrainingOptions options, string parameter);

    /// <summary>Checks data against the fitted model, and maps their classes or targets to those of the model.</summary>
    /// <param name="data">The data.</param>
    /// <param name="names">The model's classes or targets.</param>
    /// <param name="channels">The model's channels.</param>
    /// <param name="options">The model's options.</param>
    /// <param name="parameter">The caller's parameter, for the exception.</param>
    /// <exception cref="ArgumentException">They do not match; the message says where.</exception>
    public abstract SequenceDataset Align(
        SequenceDataset data, IReadOnlyList<string> names, int channels, TrainingOptions options, string parameter);

    /// <summary>The names of the outputs.</summary>
    public abstract IReadOnlyList<string> NamesOf(SequenceDataset data);

    /// <summary>The number of values the model gives.</summary>
    public virtual int OutputSizeOf(SequenceDataset data, TrainingOptions options) => NamesOf(data).Count;

    /// <summary>The units in which targets are learned; <see langword="null"/> for those of the data.</summary>
    public virtual Standardization? TargetScaleOf(SequenceDataset data) => null;

    /// <summary>How outputs are evaluated.</summary>
    /// <param name="outputs">What the outputs stand for.</param>
    /// <param name="data">The training data: class weights are balanced by them.</param>
    /// <param name="options">How it is trained.</param>
    public abstract Objective<float> CreateObjective(OutputMeaning outputs, SequenceDataset data, TrainingOptions options);

    /// <summary>
    /// The loss of a guess, that is of the best answer that is the same for every case of the training data, as the options have it:
    /// see <see cref="GuessLoss"/>.
    /// </summary>
    /// <param name="data">The training data.</param>
    /// <param name="options">How it is trained.</param>
    /// <returns>The loss; <see langword="null"/> where the options have another than the task's own, or a guess can't be wrong.</returns>
    public double? GuessLossOf(SequenceDataset data, TrainingOptions options)
    {
        LossFunction loss = LossOf(NamesOf(data), options, CountsOf(data, options));
        return GuessLossOf(data, options, loss) is double guess and > 0 ? guess : null;
    }

    /// <summary>The number of cases each class has, for class weights; empty if there are no classes.</summary>
    protected virtual IReadOnlyList<long> CountsOf(SequenceDataset data, TrainingOptions options) => [];

    /// <summary>The loss of a guess in a loss; <see langword="null"/> if it is not known.</summary>
    protected abstract double? GuessLossOf(SequenceDataset data, TrainingOptions options, LossFunction loss);

    /// <summary>
    /// Turns what a model gives into its answer, in place: scores into probabilities, numbers into the units of the data.
    /// </summary>
    public abstract void Express(OutputMeaning meaning, Span<float> outputs);

    /// <summary>
    /// What a case is in truth, in the form of an answer: of a class 1 or 0, or numbers in the units of the data;
    /// NaN if it is not known.
    /// </summary>
    public abstract double[] TargetOf(SequenceDataset data, AnswerKey key, int outputs);

    /// <summary>The loss by which models are compared: the log loss of probabilities, the squared error of numbers.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="target">The truth, in the form of an answer.</param>
    /// <param name="units">What squared errors are divided by, for each output; not used for classes.</param>
    public abstract double LossOf(ReadOnlySpan<double> answer, ReadOnlySpan<double> target, ReadOnlySpan<double> units);

    /// <summary>Whether an answer is right. Numbers never are.</summary>
    public virtual bool IsRight(ReadOnlySpan<double> answer, ReadOnlySpan<double> target) => false;

    /// <summary>The scale of the outputs of least squares that calibrates the probabilities.</summary>
    /// <param name="solutions">The solutions with leave-one-out predictions.</param>
    /// <param name="outputs">The number of outputs.</param>
    public virtual double[] ScoreScales(RidgeSolution[] solutions, int outputs) => [.. Enumerable.Repeat(1.0, outputs)];

    /// <summary>The output of least squares that becomes a score of 0.</summary>
    public virtual double ZeroScore => 0;

    /// <summary>The truth of one class: 1 for it, 0 for the others; NaN if it is not known.</summary>
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

    /// <summary>Squared errors in given units, the mean over the outputs that are known.</summary>
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
    /// <param name="options">How it is trained.</param>
    /// <param name="counts">The number of cases each class has; empty if there are no classes.</param>
    protected LossFunction LossOf(IReadOnlyList<string> names, TrainingOptions options, IReadOnlyList<long> counts) =>
        new(options.Loss ?? OwnLoss)
        {
            ClassWeights = counts.Count == 0 ? [] : options.ClassWeights.For(names, counts),
            LabelSmoothing = options.LabelSmoothing,
        };

    private IEnumerable<string> NamesOfLosses() => Loss.Names.Where(name => Losses.Any(loss => loss.Kind == Loss.Parse(name).Kind));
}
