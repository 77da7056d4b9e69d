using System.Text.Json;

namespace Elman.Keras.Configuration;

/// <summary>The precision of a layer. Elman computes in single precision.</summary>
internal sealed class DtypePolicy
{
    private static readonly string[] _names =
    [
        "float32", "float64", "float16", "bfloat16", "mixed_float16", "mixed_bfloat16", // of layers
        "int8", "int16", "int32", "int64", "uint8", "bool", // of inputs
    ];

    /// <summary>Reads a policy.</summary>
    /// <param name="layer">The layer, for messages.</param>
    /// <param name="dtype">A name, or an object with a name; <see langword="null"/> for the default.</param>
    /// <exception cref="ModelFileException">It is quantised, or not known.</exception>
    public DtypePolicy(KerasLayer layer, JsonElement? dtype)
    {
        JsonElement? config = dtype?.Find("config");
        Name = dtype is null ? "float32" : dtype.Value.AsText() ?? config?.FindText("name") ?? "";
        string kind = dtype?.FindText("class_name") ?? "DTypePolicy";
        if (kind is not ("DTypePolicy" or "FloatDTypePolicy") || !_names.Contains(Name))
            throw layer.Error($"has the dtype policy {Quoted(Name)} ({Shown(kind)}), and quantised or unknown ones are not supported",
                "Save the model before quantising it.");
    }

    /// <summary>The name, such as <c>mixed_float16</c>.</summary>
    public string Name { get; }

    /// <summary>Whether weights without a type of their own in the file are numbers of this kind.</summary>
    public bool IsBFloat => Name == "bfloat16";

    /// <summary>Whether Keras computes in another precision than Elman.</summary>
    public bool IsOtherPrecision => Name is "float64" or "float16" or "bfloat16" or "mixed_float16" or "mixed_bfloat16";
}
