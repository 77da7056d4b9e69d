using Microsoft.ML.OnnxRuntime;

namespace Elman.Comparison.Rivals;

/// <summary>A model loaded into ONNX Runtime, on the processor, with its default optimisations.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly SessionOptions _options;
    private readonly RunOptions _runOptions = new();
    private readonly InferenceSession _session;

    /// <summary>Loads a model.</summary>
    public OnnxSession(byte[] model, int threads)
    {
        _options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        _session = new InferenceSession(model, _options);
    }

    /// <summary>Creates a tensor over an array that does not move in memory.</summary>
    public static OrtValue Tensor(float[] values, params long[] shape) => OrtValue.CreateTensorValueFromMemory(values, shape);

    /// <summary>Binds tensors to inputs and outputs permanently.</summary>
    public OrtIoBinding Bind(IEnumerable<(string Name, OrtValue Value)> inputs, IEnumerable<(string Name, OrtValue Value)> outputs)
    {
        OrtIoBinding binding = _session.CreateIoBinding();
        foreach ((string name, OrtValue value) in inputs)
            binding.BindInput(name, value);
        foreach ((string name, OrtValue value) in outputs)
            binding.BindOutput(name, value);
        return binding;
    }

    /// <summary>Runs the model on the bound tensors.</summary>
    public void Run(OrtIoBinding binding) => _session.RunWithBinding(_runOptions, binding);

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _runOptions.Dispose();
        _options.Dispose();
    }
}
