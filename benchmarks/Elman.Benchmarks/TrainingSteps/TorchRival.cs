using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elman.Benchmarks.TrainingSteps;

/// <summary>libtorch through TorchSharp: its tanh RNN, linear layer, cross-entropy and SGD, on one thread.</summary>
/// <remarks>
/// libtorch's RNN adds two biases where one does; the second is zero and not trained, so that both models are the same.
/// Inputs are time-major, the order its RNN works in. Everything a step creates is freed with the step, as its users do.
/// </remarks>
internal sealed class TorchRival : ITrainingRival
{
    private readonly RNN _rnn;
    private readonly Linear _linear;
    private readonly CrossEntropyLoss _loss = nn.CrossEntropyLoss();
    private readonly optim.Optimizer _optimizer;
    private readonly Tensor _inputs; // [T, B, I]
    private readonly Tensor _labels; // [B]
    private readonly Parameter[] _parameters; // in the order of TrainingWeights

    /// <summary>Sets a problem up.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="learningRate">The learning rate of its steps.</param>
    public TorchRival(TrainingProblem problem, double learningRate = TrainingProblem.LearningRate)
    {
        set_num_threads(1);
        TrainingShape shape = problem.Shape;
        _rnn = nn.RNN(shape.Inputs, shape.Hidden);
        _linear = nn.Linear(shape.Hidden, TrainingShape.Classes);
        var named = _rnn.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        _parameters = [named["weight_ih_l0"], named["weight_hh_l0"], named["bias_ih_l0"], (Parameter)_linear.weight, (Parameter)_linear.bias!];

        using var scope = NewDisposeScope();
        using (no_grad())
        {
            foreach ((Parameter parameter, (_, float[] values)) in _parameters.Zip(problem.Weights.Named))
                parameter.copy_(parameter.dim() == 2 ? tensor(values, [parameter.shape[1], parameter.shape[0]]).t() : tensor(values));
            Parameter second = named["bias_hh_l0"];
            second.zero_();
            second.requires_grad_(false);
        }
        _inputs = tensor(problem.Values, [shape.Batch, shape.Steps, shape.Inputs]).transpose(0, 1).contiguous().DetachFromDisposeScope();
        _labels = tensor(problem.Labels.Select(label => (long)label).ToArray()).DetachFromDisposeScope();
        _optimizer = optim.SGD(_parameters, learningRate);
    }

    /// <summary>The version of libtorch.</summary>
    public static string Version => System.Version.Parse(torch.__version__).ToString(3);

    /// <inheritdoc/>
    public double TakeStep()
    {
        using var scope = NewDisposeScope();
        _optimizer.zero_grad();
        (Tensor outputs, _) = _rnn.call(_inputs); // [T, B, H]
        Tensor loss = _loss.call(_linear.call(outputs[-1]), _labels);
        loss.backward();
        _optimizer.step();
        return loss.item<float>();
    }

    /// <inheritdoc/>
    public TrainingWeights Weights()
    {
        using var scope = NewDisposeScope();
        float[][] copies = [.. _parameters.Select(p => p.detach()).Select(t => (t.dim() == 2 ? t.t() : t).contiguous().data<float>().ToArray())];
        return new(copies[0], copies[1], copies[2], copies[3], copies[4]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        _loss.Dispose();
        _linear.Dispose();
        _rnn.Dispose();
        _inputs.Dispose();
        _labels.Dispose();
    }
}
