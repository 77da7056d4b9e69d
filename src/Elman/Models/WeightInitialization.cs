namespace Elman;

/// <summary>The initialisation of the weights before training. Biases are 0.</summary>
public enum WeightInitialization
{
    /// <summary>
    /// Recurrent weights: a random orthogonal matrix near the identity for each gate, the orthonormalised rows of I + N(0, 1/H). Like
    /// <see cref="Orthogonal"/> it preserves the norm of a state, and like <see cref="Identity"/> it changes the state slowly. Other
    /// weights as <see cref="Glorot"/>.
    /// </summary>
    Rotation,

    /// <summary>
    /// Recurrent weights: a random orthogonal matrix for each gate (A. Saxe and others, 2014), which preserves the norm of a state. Other
    /// weights as <see cref="Glorot"/>.
    /// </summary>
    Orthogonal,

    /// <summary>All weights uniform in ±√(6/(fan in + fan out)), separately for each gate (X. Glorot and Y. Bengio, 2010).</summary>
    Glorot,

    /// <summary>
    /// Recurrent weights: the identity matrix for each gate, so that a linear or rectified state keeps its value (Q. V. Le and others,
    /// 2015). Other weights as <see cref="Glorot"/>.
    /// </summary>
    Identity,

    /// <summary>All weights 0.01·N(0, 1), as in <see cref="SimpleRnnClassifier{T}"/>.</summary>
    Origin,
}
