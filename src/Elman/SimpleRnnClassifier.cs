using System.Numerics;
using System.Numerics.Tensors;
using Elman.Kernels;
using Elman.Losses;
using Elman.Models;
using Elman.Optimizers;
using Elman.Packing;
using Elman.Persistence;
using Elman.Sequences;

namespace Elman;

/// <summary>
/// The from-scratch classifier with its weights in hand, as text who learn, teach or check:
/// a simple recurrent network, softmax on its last state.
/// </summary>
/// <typeparam name="T"><see langword="float"/> or <see langword="double"/>.</typeparam>
/// <remarks>
/// <para>
/// <c>h_0 = 0</c>; for each step <c>a_t = x_t·Wx + h_{t−1}·Wh + B</c>, <c>h_t = f(a_t)</c>; the probabilities are
/// <c>softmax(h_T·WOut + BOut)</c>, the loss is the cross-entropy averaged over the batch, and learning is back-propagation
/// through all steps with plain gradient descent. Weights start as 0.01·N(0, 1), biases as 0.
/// </para>
/// <para>
/// It runs on the same engine as <see cref="SequenceClassifier"/>, which has more comfort: use that one for work. Not safe for
/// use by several threads at once; after <see cref="Dispose"/> every call that would compute throws
/// <see cref="ObjectDisposedException"/>. Source: J. Elman, "Finding structure in time" (1990).
/// </para>
/// </remarks>
public sealed class SimpleRnnClassifier<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SequenceModel<T> _model;
    private readonly Parameters<T> _gradients;
    private readonly Sgd<T> _optimizer;
    private readonly SequenceBatch<T> _batch = new();
    private readonly ModelTape<T> _tape = new(keepsSteps: true);
    private readonly Workers _workers = new(1);
    private bool _disposed;

    /// <summary>Draws the initial weights.</summary>
    /// <param name="inputSize">Features of a step, 1 to 65,536.</param>
    /// <param name="hiddenSize">Nodes of the recurrent layer, 1 to 65,536.</param>
    /// <param name="classCount">Classes, 1 to 65,536.</param>
    /// <param name="activation">f; by default tanh.</param>
    /// <param name="learningRate">How far a step of gradient descent goes; positive and finite.</param>
    /// <param name="seed">Fixes the initial weights.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or the learning rate is out of range.</exception>
    /// <exception cref="ArgumentException">Two sizes are in range but the matrix between them would be too large
    /// for memory to address.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither <see langword="float"/> nor
    /// <see langword="double"/>.</exception>
    public SimpleRnnClassifier(
        int inputSize, int hiddenSize, int classCount, Activation? activation = null, double learningRate = 0.01, int seed = 1)
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"The classifier works with float or double, not with {typeof(T)}.");
        CheckSize(inputSize, nameof(inputSize));
        CheckSize(hiddenSize, nameof(hiddenSize));
        CheckSize(classCount, nameof(classCount));
        if (!double.IsFinite(learningRate) || learningRate <= 0)
            throw new ArgumentOutOfRangeException(nameof(learningRate), learningRate, "The learning rate must be a finite number above 0.");

        LearningRate = learningRate;
        KernelSet<T> kernels = KernelCatalog.Default<T>();
        _model = new SequenceModel<T>(new ModelSpec
        {
            InputSize = inputSize,
            Layers = [hiddenSize],
            OutputSize = classCount,
            Cell = new RnnOptions { Activation = activation ?? Activation.Tanh },
        }, kernels);
        _model.Initialize(WeightInitialization.Origin, new SeededRandom(seed));
        _model.Pack(forTraining: true);
        _gradients = new Parameters<T>(_model.Values.Layout);
        _optimizer = new Sgd<T>(_model.Values.Layout, momentum: 0, nesterov: false, kernels);
    }

    /// <summary>Features of a step.</summary>
    public int InputSize => _model.Spec.InputSize;

    /// <summary>Nodes of the recurrent layer.</summary>
    public int HiddenSize => _model.Spec.Layers[0];

    /// <summary>Classes.</summary>
    public int ClassCount => _model.Spec.OutputSize;

    /// <summary>f.</summary>
    public Activation Activation => ((RnnOptions)_model.Spec.Cell).Activation;

    /// <summary>How far a step of gradient descent goes.</summary>
    public double LearningRate { get; }

    /// <summary>The weights. Reading copies them out, setting copies them in.</summary>
    /// <exception cref="ArgumentException">A tensor is missing or has another shape than the model's.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    public SimpleRnnWeights<T> Weights
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return CopyOut(_model.Values);
        }
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            ObjectDisposedException.ThrowIf(_disposed, this);
            foreach ((ParameterSlice slice, Tensor<T>? tensor, string name) in Slices(value))
                SimpleRnnShapes.Check<T>(
                    tensor ?? throw new ArgumentException($"{name} is missing.", nameof(value)), slice.Shape, name, nameof(value));
            foreach ((ParameterSlice slice, Tensor<T> tensor, _) in Slices(value))
                tensor.FlattenTo(_model.Values.Span(slice));
            _model.Pack(forTraining: true);
            GC.KeepAlive(this);
        }
    }

    /// <summary>The probability of every class.</summary>
    /// <param name="x">Sequences, <c>[batch, steps, inputSize]</c>; at least one of at least one step.</param>
    /// <returns><c>[batch, classCount]</c>; each row adds up to 1.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another shape.</exception>
    public Tensor<T> Forward(in ReadOnlyTensorSpan<T> x)
    {
        int batch = Run(x);
        T[] probabilities = new T[batch * ClassCount]; // [batch, classCount]
        for (int i = 0; i < batch; i++)
            Softmax.Apply<T>(_tape.Logits.Span.Slice(i * ClassCount, ClassCount), probabilities.AsSpan(i * ClassCount, ClassCount));
        return Tensor.Create(probabilities, [batch, ClassCount]);
    }

    /// <summary>The state of the recurrent layer after the last step.</summary>
    /// <param name="x">Sequences, <c>[batch, steps, inputSize]</c>.</param>
    /// <returns><c>[batch, hiddenSize]</c>.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another shape.</exception>
    public Tensor<T> LastState(in ReadOnlyTensorSpan<T> x)
    {
        int batch = Run(x);
        var states = new T[batch * HiddenSize];
        for (int i = 0; i < batch; i++)
            _tape.Readout.Features.Span.Slice(i * HiddenSize, HiddenSize).CopyTo(states.AsSpan(i * HiddenSize));
        return Tensor.Create(states, [batch, HiddenSize]);
    }

    /// <summary>The gradient of the loss by every weight.</summary>
    /// <param name="x">Sequences, <c>[batch, steps, inputSize]</c>.</param>
    /// <param name="yTrue">The classes, one-hot, <c>[batch, classCount]</c>.</param>
    /// <param name="yPred">What <see cref="Forward"/> gave for <paramref name="x"/> with these weights.</param>
    /// <returns>The gradients, in the shapes of the weights.</returns>
    /// <exception cref="ArgumentException">A tensor has another shape.</exception>
    public SimpleRnnWeights<T> Gradients(in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> yTrue, in ReadOnlyTensorSpan<T> yPred)
    {
        Differentiate(x, yTrue, yPred);
        return CopyOut(_gradients);
    }

    /// <summary>One step of gradient descent.</summary>
    /// <param name="x">Sequences, <c>[batch, steps, inputSize]</c>.</param>
    /// <param name="yTrue">The classes, one-hot, <c>[batch, classCount]</c>.</param>
    /// <param name="yPred">What <see cref="Forward"/> gave for <paramref name="x"/> with these weights.</param>
    /// <returns>The loss before the step: <c>−(1/batch)·Σ yTrue·ln yPred</c>, infinite where a true class has probability 0.</returns>
    /// <exception cref="ArgumentException">A tensor has another shape.</exception>
    public T Backward(in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> yTrue, in ReadOnlyTensorSpan<T> yPred)
    {
        double loss = Differentiate(x, yTrue, yPred);
        _optimizer.Step(_model.Values, _gradients, LearningRate, _workers);
        _model.Pack(forTraining: true);
        GC.KeepAlive(this); // else the finalizers may free the buffers while the last kernel writes to them
        return T.CreateTruncating(loss);
    }

    /// <summary>Iterates over the data again and again, one step of gradient descent a time.</summary>
    /// <param name="x">Sequences, <c>[batch, steps, inputSize]</c>.</param>
    /// <param name="yTrue">The classes, one-hot, <c>[batch, classCount]</c>.</param>
    /// <param name="epochs">How often, at least 1.</param>
    /// <param name="progress">Hears each loss.</param>
    /// <param name="cancellationToken">Stops after the step under way; what was learned is kept.</param>
    /// <returns>The loss before every step that was taken.</returns>
    /// <exception cref="ArgumentException">A tensor has another shape, or a number that is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epochs"/> is below 1.</exception>
    /// <exception cref="TrainingDivergedException">The loss stopped being finite; the weights are those of the step before.</exception>
    public IReadOnlyList<T> Fit(in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> yTrue, int epochs = 100,
        IProgress<T>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        SimpleRnnShapes.CheckFinite(x, nameof(x));
        SimpleRnnShapes.CheckFinite(yTrue, nameof(yTrue));
        var losses = new List<T>(epochs);
        for (int epoch = 1; epoch <= epochs && !cancellationToken.IsCancellationRequested; epoch++)
        {
            double loss = Differentiate(x, yTrue, Forward(x).AsReadOnlyTensorSpan());
            if (!double.IsFinite(loss))
            {
                throw new TrainingDivergedException(FormattableString.Invariant(
                    $"The loss became {loss} in epoch {epoch}: training diverged. Try a smaller learning rate (it is {LearningRate})."))
                { Epoch = epoch };
            }
            _optimizer.Step(_model.Values, _gradients, LearningRate, _workers);
            _model.Pack(forTraining: true);
            losses.Add(T.CreateTruncating(loss));
            progress?.Report(losses[^1]);
        }
        GC.KeepAlive(this);
        return losses;
    }

    /// <summary>The most probable class of each sequence.</summary>
    /// <param name="x">Sequences, <c>[batch, steps, inputSize]</c>.</param>
    /// <returns>Class indices, <c>[batch]</c>.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another shape.</exception>
    public int[] Predict(in ReadOnlyTensorSpan<T> x)
    {
        int batch = Run(x);
        int[] classes = new int[batch];
        for (int i = 0; i < batch; i++)
            classes[i] = TensorPrimitives.IndexOfMax<T>(_tape.Logits.Span.Slice(i * ClassCount, ClassCount));
        return classes;
    }

    /// <summary>The probability of every class; the same as <see cref="Forward"/>.</summary>
    /// <param name="x">Sequences, <c>[batch, steps, inputSize]</c>.</param>
    /// <returns><c>[batch, classCount]</c>.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another shape.</exception>
    public Tensor<T> PredictProbabilities(in ReadOnlyTensorSpan<T> x) => Forward(x);

    /// <summary>The share of sequences whose most probable class is the true one.</summary>
    /// <param name="x">Sequences, <c>[batch, steps, inputSize]</c>.</param>
    /// <param name="yTrue">The classes, one-hot, <c>[batch, classCount]</c>.</param>
    /// <exception cref="ArgumentException">A tensor has another shape.</exception>
    public double Score(in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> yTrue)
    {
        int[] predicted = Predict(x);
        SimpleRnnShapes.Check(yTrue, [predicted.Length, ClassCount], nameof(yTrue), nameof(yTrue));
        T[] target = new T[predicted.Length * ClassCount];
        yTrue.FlattenTo(target);
        int correct = 0;
        for (int i = 0; i < predicted.Length; i++)
            correct += TensorPrimitives.IndexOfMax<T>(target.AsSpan(i * ClassCount, ClassCount)) == predicted[i] ? 1 : 0;
        return (double)correct / predicted.Length;
    }

    /// <summary>Writes the weights to a <c>.safetensors</c> file, in one piece: a failure leaves what stood there.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">The file can't be written.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ObjectDisposedException.ThrowIf(_disposed, this);
        new ModelFile(ModelFile.SimpleKind, [new MemberFile(_model.Spec)], [], null).Write(path, _model.Values);
    }

    /// <summary>Reads a classifier that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="customActivation">The activation, where the classifier was made with one of your own.</param>
    /// <param name="learningRate">The learning rate to go on with.</param>
    /// <exception cref="ModelFileException">The file is not there, or is not exactly such a file;
    /// the message names what is wrong.</exception>
    public static SimpleRnnClassifier<T> Load(string path, Activation? customActivation = null, double learningRate = 0.01)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        (ModelFile description, Safetensors content) = ModelFile.Read(path, [ModelFile.SimpleKind], customActivation);
        ModelSpec spec = description.Spec;
        if (spec.Cell is not RnnOptions cell)
            throw ModelFileException.At(path, $"Its cell is {spec.Cell}; a simple recurrent network has rnn.");
        if (description.Members.Count > 1 || spec.Layers.Count > 1 || spec.Bidirectional || spec.Zoneout > 0
            || spec.Readout != ReadoutKind.Last || spec.Task != ModelTask.Classify)
            throw ModelFileException.At(
                path, "It is not a single layer with the last output as readout, as a simple recurrent network is.");
        if (!spec.Stages.IsNone)
            throw ModelFileException.At(
                path, "Its inputs are computed by preprocessing stages; a simple recurrent network uses the data unchanged.");
        MemberFile.CheckTensors(path, content, description.Members);
        var classifier = new SimpleRnnClassifier<T>(
            spec.InputSize, spec.Layers[0], spec.OutputSize, cell.Activation, learningRate);
        description.Load(path, content, classifier._model.Values);
        classifier._model.Pack(forTraining: true);
        return classifier;
    }

    /// <summary>Frees the native memory at once; without it, the garbage collector does so in time.</summary>
    public void Dispose()
    {
        _disposed = true;
        _model.Dispose();
        _gradients.Dispose();
        _optimizer.Dispose();
        _batch.Dispose();
        _tape.Dispose();
        _workers.Dispose();
    }

    /// <summary>Forward; leaves last states and logits on the tape.</summary>
    private int Run(in ReadOnlyTensorSpan<T> x)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SimpleRnnShapes.CheckSequences(x, InputSize, nameof(x));
        int batch = checked((int)x.Lengths[0]), steps = checked((int)x.Lengths[1]);
        T[] values = new T[checked((int)x.FlattenedLength)]; // [batch, steps, inputSize]
        x.FlattenTo(values);
        _batch.Fill(values, batch, steps, InputSize);
        _model.Forward(_batch, _tape, _workers);
        return batch;
    }

    /// <summary>Forward and backward; leaves the gradients in their buffer.</summary>
    private double Differentiate(in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> yTrue, in ReadOnlyTensorSpan<T> yPred)
    {
        int batch = Run(x);
        int[] shape = [batch, ClassCount];
        SimpleRnnShapes.Check(yTrue, shape, nameof(yTrue), nameof(yTrue));
        SimpleRnnShapes.Check(yPred, shape, nameof(yPred), nameof(yPred));

        T[] target = new T[batch * ClassCount];
        yTrue.FlattenTo(target);
        _tape.LogitsGradient.Resize(target.Length);
        Span<T> gradient = _tape.LogitsGradient.Span; // first the prediction, then (prediction − truth)/batch
        yPred.FlattenTo(gradient);
        double loss = 0;
        for (int i = 0; i < target.Length; i++)
        {
            if (target[i] != T.Zero)
                loss -= double.CreateTruncating(target[i]) * Math.Log(double.CreateTruncating(gradient[i]));
            gradient[i] = (gradient[i] - target[i]) / T.CreateTruncating(batch);
        }
        _gradients.Buffer.Clear();
        _model.Backward(_batch, _tape, _gradients, _workers);
        return loss / batch;
    }

    private SimpleRnnWeights<T> CopyOut(Parameters<T> from)
    {
        var copy = new SimpleRnnWeights<T>(Copy(_model.Layers[0].FromStart.Weights.Input),
            Copy(_model.Layers[0].FromStart.Weights.Recurrent!), Copy(_model.Layers[0].FromStart.Weights.Bias),
            Copy(_model.Output.Weights), Copy(_model.Output.Bias));
        GC.KeepAlive(this);
        return copy;

        Tensor<T> Copy(ParameterSlice slice) => Tensor.Create(from.Span(slice).ToArray(), [.. slice.Shape.Select(length => (nint)length)]);
    }

    private (ParameterSlice, Tensor<T>, string)[] Slices(SimpleRnnWeights<T> weights) =>
    [
        (_model.Layers[0].FromStart.Weights.Input, weights.Wx, nameof(weights.Wx)),
        (_model.Layers[0].FromStart.Weights.Recurrent!, weights.Wh, nameof(weights.Wh)),
        (_model.Layers[0].FromStart.Weights.Bias, weights.B, nameof(weights.B)),
        (_model.Output.Weights, weights.WOut, nameof(weights.WOut)),
        (_model.Output.Bias, weights.BOut, nameof(weights.BOut)),
    ];

    private static void CheckSize(int size, string parameter)
    {
        if (size is < 1 or > ModelSpec.MaxSize)
            throw new ArgumentOutOfRangeException(parameter, size, $"A size must be from 1 to {ModelSpec.MaxSize}.");
    }
}
