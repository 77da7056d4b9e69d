namespace Elman.Models;

/// <summary>The dropout rates of training.</summary>
/// <param name="Layers">The rate on the inputs of each layer, including the output layer.</param>
/// <param name="Recurrent">The rate on the recurrent inputs of each layer's gates, for the same units at every step of a sequence.</param>
internal readonly record struct DropoutRates(double Layers, double Recurrent);
