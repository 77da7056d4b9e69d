namespace Elman.Training.Ridge;

/// <summary>
/// One of the two ways to solve the equations of least squares, over features or over cases, for each penalty that is tried.
/// </summary>
internal interface IRidgeForm : IDisposable
{
    /// <summary>The number of rows of the square matrix that is factored for each penalty.</summary>
    int Size { get; }

    /// <summary>The sum of the row weights, W.</summary>
    double Count { get; }

    /// <summary>The number of features that vary enough to be used.</summary>
    int LiveFeatures { get; }

    /// <summary>Sets the penalty: the problem is now <c>min Σ w·(z·β + c − y)² + penalty·‖β‖²</c>, with z the scaled features.</summary>
    /// <returns>False if rounding makes the problem unsolvable.</returns>
    bool Factor(double penalty);

    /// <summary>
    /// The mean squared error over held-out cases, accurate enough to choose a penalty; <see langword="null"/> if rounding makes the
    /// problem unsolvable.
    /// </summary>
    double? SearchError(double penalty);

    /// <summary>
    /// Computes leave-one-out predictions. The bias is fitted again for each case; the scale of the features is kept. Call
    /// <see cref="Factor"/> first.
    /// </summary>
    LeaveOneOut LeaveOut();

    /// <summary>Writes weights and biases for the unscaled features. Called after <see cref="LeaveOut"/>, as the last step.</summary>
    void Write(RidgeSolution solution);
}
