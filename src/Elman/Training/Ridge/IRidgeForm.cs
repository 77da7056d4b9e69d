namespace Elman.Training.Ridge;

/// <summary>
/// One of the two ways to solve the equations of least squares, over features or over cases, once for each penalty that is tried.
/// </summary>
internal interface IRidgeForm : IDisposable
{
    /// <summary>Rows and columns of the matrix that each penalty needs factored.</summary>
    int Size { get; }

    /// <summary>The sum of the row weights, W.</summary>
    double Count { get; }

    /// <summary>Features that are not left out for want of variation.</summary>
    int LiveFeatures { get; }

    /// <summary>Takes a penalty: the problem is now <c>min Σ w·(z·β + c − y)² + penalty·‖β‖²</c>, z the scaled features.</summary>
    /// <returns>False where rounding leaves no solution.</returns>
    bool Factor(double penalty);

    /// <summary>
    /// The mean squared error over held-out cases, well enough to choose a penalty by;
    /// <see langword="null"/> where rounding leaves no solution.
    /// </summary>
    double? SearchError(double penalty);

    /// <summary>
    /// Leaves out one case at a time, with the bias found again each time and the scale of the features kept.
    /// <see cref="Factor"/> comes before.
    /// </summary>
    LeaveOneOut LeaveOut();

    /// <summary>Writes weights and biases for the unscaled features. Called after <see cref="LeaveOut"/>, as the last step.</summary>
    void Write(RidgeSolution solution);
}
