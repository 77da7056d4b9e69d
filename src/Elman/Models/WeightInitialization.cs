namespace Elman;

/// <summary>What the weights are before the first training step. Biases are always 0.</summary>
public enum WeightInitialization
{
    /// <summary>
    /// Recurrent weights a random orthogonal matrix that leans towards the identity, for each gate: rows of I + N(0, 1/H) made orthonormal.
    /// Like <see cref="Orthogonal"/> it keeps a state's length, like <see cref="Identity"/> it turns it slowly;
    /// the other weights as <see cref="Glorot"/>.
    /// </summary>
    Rotation,

    /// <summary>
    /// Recurrent weights a random orthogonal matrix for each gate (A. Saxe and others, 2014), which neither shrinks nor grows a state; the
    /// other weights as <see cref="Glorot"/>.
    /// </summary>
    Orthogonal,

    /// <summary>All weights uniform in ±√(6/(fan in + fan out)), each gate on its own (X. Glorot and Y. Bengio, 2010).</summary>
    Glorot,

    /// <summary>
    /// Recurrent weights the identity matrix for each gate, so that a linear or rectified state remembers (Q. V. Le and others, 2015); the
    /// other weights as <see cref="Glorot"/>.
    /// </summary>
    Identity,

    /// <summary>All weights 0.01·N(0, 1), as in the from-scratch classifier.</summary>
    Origin,
}
