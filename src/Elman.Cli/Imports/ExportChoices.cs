namespace Elman.Cli.Imports;

/// <summary>What the user chose for an export, which not every library has.</summary>
internal sealed record ExportChoices
{
    /// <summary>The version of the operators; <see langword="null"/> for the default.</summary>
    public int? Opset { get; init; }

    /// <summary>Whether to write a graph of one step.</summary>
    public bool IsStreaming { get; init; }

    /// <summary>Data to compare the result with the model on, besides random sequences.</summary>
    public SequenceDataset? Data { get; init; }

    /// <summary>The file of the native library that the result is compared by; <see langword="null"/> for the one that is found.</summary>
    public string? Runtime { get; init; }

    /// <summary>The option of a choice that was made; <see langword="null"/> if none was.</summary>
    public string? Given => this switch
    {
        { Opset: not null } => "--opset",
        { IsStreaming: true } => "--streaming",
        { Data: not null } => "--check",
        { Runtime: not null } => "--onnxruntime",
        _ => null,
    };
}
