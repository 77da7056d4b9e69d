using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Elman.Comparison.Rivals;

/// <summary>The software of the Python process.</summary>
/// <param name="Python">The version of Python.</param>
/// <param name="NumPy">The version of NumPy.</param>
/// <param name="Blas">The BLAS of its matrix products: <c>openblas</c>, <c>mkl</c>, …, <c>reference</c>, or <c>unknown</c>.</param>
internal sealed record NumPyVersion(string Python, string NumPy, string Blas)
{
    /// <inheritdoc/>
    public override string ToString() => $"NumPy {NumPy} ({Blas}), Python {Python}";
}

/// <summary>A process that runs <c>numpy_classifier.py</c> and accepts commands.</summary>
internal sealed class PythonProcess : IDisposable
{
    private readonly Process _process;
    private readonly Stream _orders, _answers;

    /// <summary>Starts the process.</summary>
    /// <param name="python">The Python interpreter's file or command.</param>
    /// <exception cref="RivalException">There is no such Python, or it has no NumPy.</exception>
    public PythonProcess(string python)
    {
        try
        {
            _process = Process.Start(new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "numpy_classifier.py"), "serve"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception e)
        {
            throw new RivalException($"'{python}' can't be started ({e.Message}). Name a Python that has NumPy with --python, "
                + "or leave these rows out with --only.");
        }
        _orders = _process.StandardInput.BaseStream;
        _answers = _process.StandardOutput.BaseStream;
        string[] words = ReadLine().Split(' ');
        Version = words is [string version, string numPy, string blas]
            ? new NumPyVersion(version, numPy, blas)
            : throw Failed("it did not tell its versions");
    }

    /// <summary>The software of the process.</summary>
    public NumPyVersion Version { get; }

    /// <summary>Sends a command and its numbers.</summary>
    public void Order(string line, params IEnumerable<float[]> numbers)
    {
        try
        {
            _orders.Write(Encoding.ASCII.GetBytes(line + "\n"));
            foreach (float[] array in numbers)
                _orders.Write(MemoryMarshal.AsBytes<double>(Array.ConvertAll(array, value => (double)value)));
            _orders.Flush();
        }
        catch (IOException)
        {
            throw Failed("it stopped taking orders");
        }
    }

    /// <summary>Reads numbers of the reply.</summary>
    public double[] Answer(int count)
    {
        double[] numbers = new double[count];
        Span<byte> bytes = MemoryMarshal.AsBytes(numbers.AsSpan());
        if (_answers.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw Failed("it stopped answering");
        return numbers;
    }

    /// <summary>Ends the process, which stops when its input ends.</summary>
    public void Dispose()
    {
        _orders.Dispose();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
            _process.Kill();
        _process.Dispose();
    }

    private string ReadLine()
    {
        var line = new StringBuilder();
        for (int next; (next = _answers.ReadByte()) is >= 0 and not '\n';)
            line.Append((char)next);
        return line.ToString().TrimEnd();
    }

    private RivalException Failed(string how)
    {
        string[] complaint = _process.StandardError.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new RivalException($"'{_process.StartInfo.FileName}' runs numpy_classifier.py, but {how}: "
            + $"{(complaint is [.., string last] ? last : "it said nothing")}");
    }
}
