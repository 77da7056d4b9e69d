namespace Elman.Options;

/// <summary>The roles of an option.</summary>
[Flags]
internal enum OptionRoles
{
    /// <summary>None of the following.</summary>
    None = 0,

    /// <summary>The option determines the shape of the model and is stored with it.</summary>
    Shape = 1,

    /// <summary>The option applies only to training by gradients.</summary>
    Gradients = 2,

    /// <summary>Candidates of the automatic choice set the option, unless it is given; then it is forced on them.</summary>
    Forced = 4,
}
