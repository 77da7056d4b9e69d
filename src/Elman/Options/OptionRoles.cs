namespace Elman.Options;

/// <summary>What an option is for.</summary>
[Flags]
internal enum OptionRoles
{
    /// <summary>Nothing of the following.</summary>
    None = 0,

    /// <summary>A model is another one with it: it belongs to the model and is stored with it.</summary>
    Shape = 1,

    /// <summary>It means something only where weights are learned by gradients.</summary>
    Gradients = 2,

    /// <summary>Candidates of the automatic choice set it, unless it is given: then it is forced on them.</summary>
    Forced = 4,
}
