using System.Numerics;
using System.Numerics.Tensors;
using Elman.Kernels;
using Elman.Losses;
using Elman.Models;
using Elman.Optimizers;
using Elman.Packing;
using Elman.Sequences;

namespace Elman;

/// <summary>
/// A plain recurrent classifier with direct access to its weights, for learning, teaching and checking: a simple recurrent network, softmax
/// on its last state.
/// </summary>
/// <typeparam name="T"><see langword="float"/> or <see langword="double"/>.</typeparam>
/// <remarks>
/// <para>
/// <c>h_0 = 0</c>; for each step <c>a_t = x_t·Wx + h_{t−1}·Wh + B</c>, <c>h_t = f(a_t)</c>; the probabilities are
/// <c>softmax(h_T·WOut + BOut)</c>, the loss is the cross-entropy averaged over the batch, and training is back-propagation through all
/// steps with plain gradient descent. Weights start as 0.01·N(0, 1), biases as 0.
/// </para>
/// <para>
/// It runs on the same engine as <see cref="SequenceClassifier"/>, which has more features: prefer that one for real work. One thread at a
/// time may use it: a call during a call of another thread throws <see cref="InvalidOperationException"/>. After <see cref="Dispose"/>
/// every computing call throws <see cref="ObjectDisposedException"/>. Source: J. Elman, "Finding structure in time" (1990).
/// </para>
/// </remarks>
public sealed partial class SimpleRnnClassifier<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SequenceModel<T> _model;
    private readonly Parameters<T> _gradients;
    private readonly Sgd<T> _optimizer;
    private readonly SequenceBatch<T> _batch = new();
    private readonly ModelTape<T> _tape = new(keepsSteps: true);
    private readonly Workers _workers = new(1);
    private ExclusiveUse _use;

    /// <summary>Creates a classifier with random initial weights.</summary>
    /// <param name="inputSize">The number of features of a step, 1 to 65,536.</param>
    /// <param name="hiddenSize">The number of nodes of the recurrent layer, 1 to 65,536.</param>
    /// <param name="classCount">The number of classes, 1 to 65,536.</param>
    /// <param name="activation">The activation f; by default tanh.</param>
    /// <param name="learningRate">The learning rate; positive and finite.</param>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or the learning rate is out of range.</exception>
    /// <exception cref="ArgumentException">The sizes are in range, but a weight matrix would be too large to allocate.</exception>
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

    /// <summary>The number of features of a step.</summary>
    public int InputSize => _model.Spec.InputSize;

    /// <summary>The number of nodes of the recurrent layer.</summary>
    public int HiddenSize => _model.Spec.Layers[0];

    /// <summary>The number of classes.</summary>
    public int ClassCount => _model.Spec.OutputSize;

    /// <summary>The activation f.</summary>
    public Activation Activation => ((RnnOptions)_model.Spec.Cell).Activation;

    /// <summary>The learning rate.</summary>
    public double LearningRate { get; }

    /// <summary>The weights. Getting and setting copy them.</summary>
    /// <exception cref="ArgumentException">A tensor is missing or has a shape that differs from the model's.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    public SimpleRnnWeights<T> Weights
    {
        get
        {
            using Use _ = Begin();
            return CopyOut(_model.Values);
        }
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            using Use use = Begin();
            foreach ((ParameterSlice slice, Tensor<T>? tensor, string name) in Slices(value))
                SimpleRnnShapes.Check<T>(
                    tensor ?? throw new ArgumentException($"{name} is missing.", nameof(value)), slice.Shape, name, nameof(value));
            foreach ((ParameterSlice slice, Tensor<T> tensor, _) in Slices(value))
                tensor.FlattenTo(_model.Values.Span(slice));
            _model.Pack(forTraining: true);
            GC.KeepAlive(this);
        }
    }

    /// <summary>Returns the probability of every class.</summary>
    /// <param name="x">Sequences, <c>[batch, steps, inputSize]</c>; at least one sequence of at least one step.</param>
    /// <returns><c>[batch, classCount]</c>; each row adds up to 1.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another shape, or the result is not finite.</exception>
    public Tensor<T> Forward(in ReadOnlyTensorSpan<T> x)
    {
        using Use _ = Begin();
        int batch = Run(x);
        CheckFinite(_tape.Logits.Span, nameof(x));
        return Probabilities(batch);
    }

    /// <summary>Returns the probabilities of the last forward pass.</summary>
    private Tensor<T> Probabilities(int batch)
    {
        T[] probabilities = new T[batch * ClassCount]; // [batch, classCount]
        for (int i = 0; i < batch; i++)
            Softmax.Apply<T>(_tape.Logits.Span.Slice(i * ClassCount, ClassCount), probabilities.AsSpan(i * ClassCount, ClassCount));
        return Tensor.Create(probabilities, [batch, ClassCount]);
    }

    /// <summary>Returns the state of the recurrent layer after the last step.</summary>
    /// <param name="x">Sequences, <c>[batch, steps, inputSize]</c>.</param>
    /// <returns><c>[batch, hiddenSize]</c>.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another shape, or the result is not finite.</exception>
    public Tensor<T> LastState(in ReadOnlyTensorSpan<T> x)
    {
        using Use _ = Begin();
        int batch = Run(x);
        CheckFinite(_tape.Readout.Features.Span[..(batch * HiddenSize)], nameof(x));
        var states = new T[batch * HiddenSize];
        for (int i = 0; i < batch; i++)
            _tape.Readout.Features.Span.Slice(i * HiddenSize, HiddenSize).CopyTo(states.AsSpan(i * HiddenSize));
        return Tensor.Create(states, [batch, HiddenSize]);
    }

    /// <summary>Returns the gradient of the loss with respect to every weight.</summary>
    /// <param name="x">Sequences, <c>[batch, steps, inputSize]</c>.</param>
    /// <param name="yTrue">The classes, one-hot, <c>[batch, classCount]</c>.</param>
    /// <param name="yPred">The result of <see cref="Forward"/> for <paramref name="x"/> with these weights.</param>
    /// <returns>The gradients, in the shapes of the weights.</returns>
    /// <exception cref="ArgumentException">A tensor has another shape.</exception>
    public SimpleRnnWeights<T> Gradients(in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> yTrue, in ReadOnlyTensorSpan<T> yPred)
    {
        using Use _ = Begin();
        Differentiate(x, yTrue, yPred);
        return CopyOut(_gradients);
    }

    /// <summary>Takes one step of gradient descent.</summary>
    /// <param name="x">Sequences, <c>[batch, steps, inputSize]</c>.</param>
    /// <param name="yTrue">The classes, one-hot, <c>[batch, classCount]</c>.</param>
    /// <param name="yPred">The result of <see cref="Forward"/> for <paramref name="x"/> with these weights.</param>
    /// <returns>The loss before the step: <c>−(1/batch)·Σ yTrue·ln yPred</c>, infinite if a true class has probability 0.</returns>
    /// <exception cref="ArgumentException">A tensor has another shape.</exception>
    public T Backward(in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> yTrue, in ReadOnlyTensorSpan<T> yPred)
    {
        using Use _ = Begin();
        double loss = Differentiate(x, yTrue, yPred);
        _optimizer.Step(_model.Values, _gradients, LearningRate, _workers);
        _model.Pack(forTraining: true);
        GC.KeepAlive(this); // otherwise the finalizers may free the buffers while the last kernel writes to them
        return T.CreateTruncating(loss);
    }

    /// <summary>Trains with full-batch gradient descent, one step per epoch.</summary>
    /// <param name="x">Sequences, <c>[batch, steps, inputSize]</c>.</param>
    /// <param name="yTrue">The classes, one-hot, <c>[batch, classCount]</c>.</param>
    /// <param name="epochs">The number of epochs, at least 1.</param>
    /// <param name="progress">Receives each loss.</param>
    /// <param name="cancellationToken">Stops after the current step; the weights trained so far are kept.</param>
    /// <returns>The loss before each step.</returns>
    /// <exception cref="ArgumentException">A tensor has another shape, or a number that is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epochs"/> is below 1.</exception>
    /// <exception cref="TrainingDivergedException">The loss stopped being finite; the weights are those of the step before.</exception>
    public IReadOnlyList<T> Fit(in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> yTrue, int epochs = 100,
        IProgress<T>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        SimpleRnnShapes.CheckFinite(x, nameof(x));
        SimpleRnnShapes.CheckFinite(yTrue, nameof(yTrue));
        using Use _ = Begin();
        var losses = new List<T>(epochs);
        for (int epoch = 1; epoch <= epochs && !cancellationToken.IsCancellationRequested; epoch++)
        {
            double loss = Differentiate(x, yTrue, Probabilities(Run(x)).AsReadOnlyTensorSpan());
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

    /// <summary>Returns the most probable class of each sequence.</summary>
    /// <param name="x">Sequences, <c>[batch, steps, inputSize]</c>.</param>
    /// <returns>Class indices, <c>[batch]</c>.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another shape, or the result is not finite.</exception>
    public int[] Predict(in ReadOnlyTensorSpan<T> x)
    {
        using Use _ = Begin();
        int batch = Run(x);
        CheckFinite(_tape.Logits.Span, nameof(x));
        int[] classes = new int[batch];
        for (int i = 0; i < batch; i++)
            classes[i] = TensorPrimitives.IndexOfMax<T>(_tape.Logits.Span.Slice(i * ClassCount, ClassCount));
        return classes;
    }

    /// <summary>Returns the probability of every class; the same as <see cref="Forward"/>.</summary>
    /// <param name="x">Sequences, <c>[batch, steps, inputSize]</c>.</param>
    /// <returns><c>[batch, classCount]</c>.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another shape, or the result is not finite.</exception>
    public Tensor<T> PredictProbabilities(in ReadOnlyTensorSpan<T> x) => Forward(x);

    /// <summary>Returns the share of sequences whose most probable class is the true one.</summary>
    /// <param name="x">Sequences, <c>[batch, steps, inputSize]</c>.</param>
    /// <param name="yTrue">The classes, one-hot, <c>[batch, classCount]</c>.</param>
    /// <exception cref="ArgumentException">A tensor has another shape, or a prediction is not finite.</exception>
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

    /// <summary>Frees the native memory immediately; otherwise the garbage collector frees it later.</summary>
    /// <remarks>A call that another thread has begun still completes.</remarks>
    public void Dispose()
    {
        if (_use.Close())
            Free();
    }

    private void Free()
    {
        _model.Dispose();
        _gradients.Dispose();
        _optimizer.Dispose();
        _batch.Dispose();
        _tape.Dispose();
        _workers.Dispose();
    }

    /// <summary>Begins exclusive use by this thread; the end of the scope ends it.</summary>
    /// <exception cref="InvalidOperationException">Another thread uses the classifier.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    private Use Begin()
    {
        _use.Enter(this);
        return new Use(this);
    }

    /// <summary>Exclusive use by one thread.</summary>
    private readonly ref struct Use(SimpleRnnClassifier<T> classifier)
    {
        /// <summary>Ends the use.</summary>
        public void Dispose()
        {
            if (classifier._use.Leave())
                classifier.Free();
        }
    }

    /// <summary>Runs the forward pass; the last states and logits are then on the tape.</summary>
    private int Run(in ReadOnlyTensorSpan<T> x)
    {
        SimpleRnnShapes.CheckSequences(x, InputSize, nameof(x));
        int batch = checked((int)x.Lengths[0]), steps = checked((int)x.Lengths[1]);
        T[] values = new T[checked((int)x.FlattenedLength)]; // [batch, steps, inputSize]
        x.FlattenTo(values);
        _batch.Fill(values, batch, steps, InputSize);
        _model.Forward(_batch, _tape, _workers);
        return batch;
    }

    /// <summary>Runs forward and backward; the gradients are then in their buffer.</summary>
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

    /// <exception cref="ArgumentException">A number is infinite or NaN.</exception>
    private static void CheckFinite(ReadOnlySpan<T> numbers, string parameter)
    {
        if (!TensorPrimitives.IsFiniteAll(numbers))
            throw new ArgumentException("The values or the weights are so large, or not finite, that the classifier can't compute with "
                + "them. Check both.", parameter);
    }

    private static void CheckSize(int size, string parameter)
    {
        if (size is < 1 or > ModelSpec.MaxSize)
            throw new ArgumentOutOfRangeException(parameter, size, $"A size must be from 1 to {ModelSpec.MaxSize}.");
    }
}
