namespace Elman.Tests.Fixtures;

/// <summary>A tanh recurrence small enough to compute by hand: one sequence of 3 steps, 2 features, 4 nodes.</summary>
public static class WorkedExample
{
    public const int Features = 2, Nodes = 4, Steps = 3;

    /// <summary>[steps, features].</summary>
    public static double[] Inputs => [0.01, 0.02, 0.02, 0.03, 0.03, 0.04];

    /// <summary>[features, nodes].</summary>
    public static double[] Wx => [0.01, 0.03, 0.05, 0.07, 0.03, 0.05, 0.07, 0.08];

    /// <summary>[nodes, nodes].</summary>
    public static double[] Wh =>
        [0.01, 0.03, 0.05, 0.07, 0.02, 0.04, 0.06, 0.08, 0.03, 0.05, 0.07, 0.08, 0.04, 0.06, 0.08, 0.10];

    /// <summary>[nodes].</summary>
    public static double[] B => [1, 1, 1, 1];

    /// <summary>The state after the last step [nodes], as <c>simple_rnn.py</c> prints it.</summary>
    public static double[] LastState => [0.7949422790422093, 0.8183900239382846, 0.8393964886275626, 0.8558417381114936];
}
