namespace Elman.Models;

/// <summary>How much of what flows through a model training drops at random.</summary>
/// <param name="Layers">Of what each layer takes from the one below it, the output layer included.</param>
/// <param name="Recurrent">Of what each layer's gates take from its last output, the same units at every step of a sequence.</param>
internal readonly record struct DropoutRates(double Layers, double Recurrent);
