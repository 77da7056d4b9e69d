using System.Globalization;
using Elman.Comparison.Problems;

namespace Elman.Comparison.Rivals;

/// <summary>NumPy: the classifier of <c>numpy_classifier.py</c>, in double, in a separate process that measures its steps itself.</summary>
internal sealed class NumPyTraining : IRival
{
    private readonly PythonProcess _python;
    private readonly Problem _problem;

    /// <summary>Sets up a problem.</summary>
    /// <param name="name">The name in tables.</param>
    /// <param name="problem">The problem: a simple RNN, with sequences of equal length.</param>
    /// <param name="python">The Python interpreter's file or command.</param>
    /// <exception cref="RivalException">Python or NumPy can't be run, or the installation of NumPy would not be a fair rival.</exception>
    public NumPyTraining(string name, Problem problem, string python)
    {
        Name = name;
        _problem = problem;
        _python = new PythonProcess(python);
        NumPyVersion version = _python.Version;
        if (version.Blas == "reference")
        {
            _python.Dispose();
            throw new RivalException(
                $"NumPy {version.NumPy} of '{python}' multiplies with the reference BLAS, which is many times slower than the OpenBLAS "
                    + "that NumPy's own packages bring. "
                + "Install OpenBLAS (Debian: libopenblas0), or name another Python with --python.");
        }
        _python.Order(
            string.Create(CultureInfo.InvariantCulture, $"problem {problem.Shape.Inputs} {problem.Shape.Hidden} {problem.Shape.Batch} "
                + $"{problem.Shape.Steps} {Shape.Classes} {Problem.LearningRate}"),
            [problem.TimeMajor(), .. problem.Weights.Named.Select(weight => weight.Values),
                [.. problem.Labels.Select(label => (float)label)]]);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<NamedArray<double>> Check()
    {
        _python.Order("check");
        return
        [
            new("loss", _python.Answer(1)),
            .. _problem.Weights.Named.Select(weight => new NamedArray<double>(
                $"gradient by {weight.Name}", _python.Answer(weight.Values.Length))),
        ];
    }

    /// <inheritdoc/>
    public double Run(int repetitions)
    {
        _python.Order(string.Create(CultureInfo.InvariantCulture, $"run {repetitions}"));
        return _python.Answer(1)[0];
    }

    /// <inheritdoc/>
    public void Dispose() => _python.Dispose();
}
