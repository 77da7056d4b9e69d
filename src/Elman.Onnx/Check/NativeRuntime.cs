using System.Runtime.InteropServices;
using System.Text;

namespace Elman.Onnx.Check;

/// <summary>The native library of ONNX Runtime, by its C interface: a table of functions.</summary>
/// <remarks>So a check needs no package: the library is loaded if the machine has it.</remarks>
internal sealed unsafe class NativeRuntime : IDisposable
{
    /// <summary>The version of the interface that is asked for; runtimes support all older versions.</summary>
    private const uint Interface = 11;

    // The places of the functions in the table, which never change.
    private const int GetErrorMessage = 2, CreateEnvironment = 3, ReleaseEnvironment = 92, ReleaseStatus = 93;

    private const int Fatal = 4; // the level of messages that are logged

    private readonly nint _library;
    private readonly void** _functions;
    private readonly void* _environment;

    private NativeRuntime(nint library, void** functions, string version)
    {
        _library = library;
        _functions = functions;
        Version = version;
        void* environment;
        fixed (byte* name = "elman\0"u8)
            Check(((delegate* unmanaged<int, byte*, void**, void*>)this[CreateEnvironment])(Fatal, name, &environment));
        _environment = environment;
    }

    /// <summary>The version of the runtime, such as <c>1.31.1</c>.</summary>
    public string Version { get; }

    /// <summary>The environment of sessions.</summary>
    public void* Environment => _environment;

    /// <summary>The function at a place of the table.</summary>
    public void* this[int place] => _functions[place];

    /// <summary>Loads the library.</summary>
    /// <param name="path">Its file; by default the one that the system finds.</param>
    /// <returns>The runtime; <see langword="null"/> if there is no such library, or it is not ONNX Runtime.</returns>
    public static NativeRuntime? TryLoad(string? path)
    {
        if (!NativeLibrary.TryLoad(path ?? "onnxruntime", typeof(NativeRuntime).Assembly, null, out nint library))
            return null;
        if (NativeLibrary.TryGetExport(library, "OrtGetApiBase", out nint entry))
        {
            void** table = ((delegate* unmanaged<void**>)entry)();
            void** functions = ((delegate* unmanaged<uint, void**>)table[0])(Interface);
            string? version = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)table[1])());
            if (functions != null)
                return new NativeRuntime(library, functions, version ?? "");
        }
        NativeLibrary.Free(library);
        return null;
    }

    /// <summary>Throws if a call failed.</summary>
    /// <exception cref="OnnxCheckException">It failed; the message is that of the runtime.</exception>
    public void Check(void* status)
    {
        if (status == null)
            return;
        string? message = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<void*, byte*>)this[GetErrorMessage])(status));
        ((delegate* unmanaged<void*, void>)this[ReleaseStatus])(status);
        throw new OnnxCheckException($"ONNX Runtime {Version} can't run the graph: {message}");
    }

    /// <summary>Calls a function that releases what another one created.</summary>
    public void Release(int place, void* what)
    {
        if (what != null)
            ((delegate* unmanaged<void*, void>)this[place])(what);
    }

    /// <summary>The bytes of a name, with an end.</summary>
    public static byte[] NameOf(string name) => Encoding.UTF8.GetBytes(name + '\0');

    /// <inheritdoc/>
    public void Dispose()
    {
        Release(ReleaseEnvironment, _environment);
        NativeLibrary.Free(_library);
    }
}
