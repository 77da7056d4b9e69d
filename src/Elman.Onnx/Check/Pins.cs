using System.Runtime.InteropServices;

namespace Elman.Onnx.Check;

/// <summary>Arrays that stay where they are while native code reads them.</summary>
internal sealed unsafe class Pins : IDisposable
{
    private readonly List<GCHandle> _handles = [];

    /// <summary>Pins an array until the end.</summary>
    /// <returns>Its first byte.</returns>
    public void* Pin(byte[] bytes)
    {
        var handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        _handles.Add(handle);
        return (void*)handle.AddrOfPinnedObject();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GCHandle handle in _handles)
            handle.Free();
    }
}
