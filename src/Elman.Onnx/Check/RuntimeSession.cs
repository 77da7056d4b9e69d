using Elman.Onnx.Protocol;

namespace Elman.Onnx.Check;

/// <summary>A graph in ONNX Runtime.</summary>
internal sealed unsafe class RuntimeSession : IDisposable
{
    // The places of the functions in the table of the C interface.
    private const int CreateSession = 8, RunSession = 9, CreateOptions = 10, SetThreads = 24, CreateTensor = 49, GetData = 51,
        GetElementType = 60, GetDimensionsCount = 61, GetDimensions = 62, GetCount = 64, GetShape = 65, CreateCpuMemory = 69,
        ReleaseMemory = 94, ReleaseSession = 95, ReleaseValue = 96, ReleaseShape = 99, ReleaseOptions = 100;

    private readonly NativeRuntime _runtime;
    private readonly void* _memory;
    private readonly void* _session;

    /// <summary>Loads a graph.</summary>
    /// <exception cref="OnnxCheckException">The runtime refuses it.</exception>
    public RuntimeSession(NativeRuntime runtime, ReadOnlySpan<byte> file)
    {
        _runtime = runtime;
        void* options, memory, session;
        Check(((delegate* unmanaged<void**, void*>)runtime[CreateOptions])(&options));
        try
        {
            Check(((delegate* unmanaged<void*, int, void*>)runtime[SetThreads])(options, 1));
            fixed (byte* bytes = file)
                Check(((delegate* unmanaged<void*, void*, nuint, void*, void**, void*>)runtime[CreateSession])(
                    runtime.Environment, bytes, (nuint)file.Length, options, &session));
        }
        finally
        {
            runtime.Release(ReleaseOptions, options);
        }
        _session = session;
        Check(((delegate* unmanaged<int, int, void**, void*>)runtime[CreateCpuMemory])(0, 0, &memory));
        _memory = memory;
    }

    /// <summary>Runs the graph.</summary>
    /// <param name="inputs">The inputs by name.</param>
    /// <param name="outputs">The names of the outputs to compute.</param>
    /// <returns>The outputs, in this order.</returns>
    /// <exception cref="OnnxCheckException">It fails.</exception>
    public RuntimeTensor[] Run(IReadOnlyList<KeyValuePair<string, RuntimeTensor>> inputs, IReadOnlyList<string> outputs)
    {
        void** values = stackalloc void*[inputs.Count], results = stackalloc void*[outputs.Count];
        byte** inputNames = stackalloc byte*[inputs.Count], outputNames = stackalloc byte*[outputs.Count];
        new Span<nint>(values, inputs.Count).Clear();
        new Span<nint>(results, outputs.Count).Clear();
        using var pins = new Pins();
        try
        {
            for (int i = 0; i < inputs.Count; i++)
            {
                inputNames[i] = (byte*)pins.Pin(NativeRuntime.NameOf(inputs[i].Key));
                values[i] = Create(inputs[i].Value, pins);
            }
            for (int i = 0; i < outputs.Count; i++)
                outputNames[i] = (byte*)pins.Pin(NativeRuntime.NameOf(outputs[i]));
            Check(((delegate* unmanaged<void*, void*, byte**, void**, nuint, byte**, nuint, void**, void*>)_runtime[RunSession])(
                _session, null, inputNames, values, (nuint)inputs.Count, outputNames, (nuint)outputs.Count, results));
            var read = new RuntimeTensor[outputs.Count];
            for (int i = 0; i < read.Length; i++)
                read[i] = Read(results[i]);
            return read;
        }
        finally
        {
            for (int i = 0; i < inputs.Count; i++)
                _runtime.Release(ReleaseValue, values[i]);
            for (int i = 0; i < outputs.Count; i++)
                _runtime.Release(ReleaseValue, results[i]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runtime.Release(ReleaseMemory, _memory);
        _runtime.Release(ReleaseSession, _session);
    }

    private void* Create(RuntimeTensor tensor, Pins pins)
    {
        void* value;
        fixed (long* shape = tensor.Shape)
            Check(((delegate* unmanaged<void*, void*, nuint, long*, nuint, int, void**, void*>)_runtime[CreateTensor])(
                _memory, pins.Pin(tensor.Bytes), (nuint)tensor.Bytes.Length, shape, (nuint)tensor.Shape.Length, (int)tensor.Type, &value));
        return value;
    }

    private RuntimeTensor Read(void* value)
    {
        void* info, data;
        nuint rank, count;
        int type;
        Check(((delegate* unmanaged<void*, void**, void*>)_runtime[GetShape])(value, &info));
        Check(((delegate* unmanaged<void*, int*, void*>)_runtime[GetElementType])(info, &type));
        Check(((delegate* unmanaged<void*, nuint*, void*>)_runtime[GetDimensionsCount])(info, &rank));
        Check(((delegate* unmanaged<void*, nuint*, void*>)_runtime[GetCount])(info, &count));
        long[] shape = new long[rank];
        fixed (long* dimensions = shape)
            Check(((delegate* unmanaged<void*, long*, nuint, void*>)_runtime[GetDimensions])(info, dimensions, rank));
        _runtime.Release(ReleaseShape, info);
        Check(((delegate* unmanaged<void*, void**, void*>)_runtime[GetData])(value, &data));
        var elements = (TensorProto.Types.DataType)type;
        return new(elements, shape, new ReadOnlySpan<byte>(data, checked((int)count * RuntimeTensor.SizeOf(elements))).ToArray());
    }

    private void Check(void* status) => _runtime.Check(status);
}
