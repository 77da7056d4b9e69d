using Elman.Cli.Tasks;

namespace Elman.Cli.Imports;

/// <summary>What the user says about a file of another library, where the file itself does not; <see langword="null"/> or empty where
/// nothing was said.</summary>
internal sealed record ImportChoices
{
    /// <summary>The task; classification if nothing was said.</summary>
    public TaskKind? Task { get; init; }

    /// <summary>Whether any number of classes may apply to a sequence.</summary>
    public bool AreMany { get; init; }

    /// <summary>The readout.</summary>
    public Readout? Readout { get; init; }

    /// <summary>Whether every step has an output.</summary>
    public bool ReadsEveryStep { get; init; }

    /// <summary>The activation of simple recurrent layers.</summary>
    public Activation? Activation { get; init; }

    /// <summary>The names of the classes or targets.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>The recurrent modules in their order.</summary>
    public IReadOnlyList<string> Modules { get; init; } = [];

    /// <summary>The module of the embedding.</summary>
    public string? Embedding { get; init; }

    /// <summary>The option of a choice that only files without a description of their modules need; <see langword="null"/> if there is
    /// none.</summary>
    public string? GivenForModules => this switch
    {
        { Readout: not null } or { ReadsEveryStep: true } => "--readout",
        { Activation: not null } => "--activation",
        { Modules.Count: > 0 } => "--modules",
        { Embedding: not null } => "--embedding",
        _ => null,
    };
}
