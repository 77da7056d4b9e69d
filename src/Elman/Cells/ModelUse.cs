namespace Elman;

/// <summary>What a model is to be used for, where it is chosen automatically (<see cref="AutoOptions.For"/>).</summary>
public enum ModelUse
{
    /// <summary>Anything: the model may need whole sequences.</summary>
    Anything,

    /// <summary>Streams: the model answers after every step, without waiting for later ones.</summary>
    Streaming,
}
