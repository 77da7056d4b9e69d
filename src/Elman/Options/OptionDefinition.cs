using System.Text.Json;
using Elman.Options;

namespace Elman;

/// <summary>
/// One option of a record: its name, default, range and help. Validation, the tool, model files and reports all read this definition.
/// </summary>
/// <typeparam name="TOwner">The record, or the base class of the records that may have the option.</typeparam>
public abstract class OptionDefinition<TOwner>
    where TOwner : class
{
    private protected OptionDefinition(string name, string? valueName, string help) => (Name, ValueName, Help) = (name, valueName, help);

    /// <summary>The name of the property.</summary>
    public string Name { get; }

    /// <summary>What its value is called in help, such as <c>N</c>; <see langword="null"/> for an option that is false or true.</summary>
    public string? ValueName { get; }

    /// <summary>What it does, for the tool's help: without a capital letter at its beginning and without a full stop.</summary>
    public string Help { get; }

    /// <summary>The default as help says it: as <see cref="Parse"/> reads it, or in words where it depends on other options.</summary>
    public abstract string DefaultText { get; }

    /// <summary>
    /// Whether a model is another one with it, so that model files have it. The others shape the first weights, or training.
    /// </summary>
    public bool ShapesModel => Roles.HasFlag(OptionRoles.Shape);

    /// <summary>What it is for.</summary>
    internal OptionRoles Roles { get; private protected init; }

    /// <summary>
    /// Whether a model file has it even at its default. Others are only written where they are not, as in files from before there
    /// was the option.
    /// </summary>
    internal bool IsAlwaysWritten { get; private protected init; }

    /// <summary>The name of its field in model files: <c>CoupledGates</c> becomes <c>coupledGates</c>.</summary>
    internal string FieldName => JsonNamingPolicy.CamelCase.ConvertName(Name);

    /// <summary>Whether options have it at its default.</summary>
    /// <param name="options">A record that has the option.</param>
    public abstract bool IsDefault(TOwner options);

    /// <summary>The value, as <see cref="Parse"/> reads it.</summary>
    /// <param name="options">A record that has the option.</param>
    public abstract string TextOf(TOwner options);

    /// <summary>The options with a value that is given as text.</summary>
    /// <param name="options">A record that has the option.</param>
    /// <param name="label">What messages call the option, such as <c>--leak-rate</c>.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is no such value; the message says what is allowed.</exception>
    public abstract TOwner Parse(TOwner options, string label, string text);

    /// <summary>A few words about the value for reports, or <see langword="null"/> where it is not worth a mention.</summary>
    /// <param name="options">A record that has the option.</param>
    public abstract string? Describe(TOwner options);

    /// <summary>Writes the value as a field, as in model files.</summary>
    /// <param name="json">The writer, inside an object.</param>
    /// <param name="options">A record that has the option.</param>
    public abstract void WriteJson(Utf8JsonWriter json, TOwner options);

    /// <summary>The options with the value of a field.</summary>
    /// <exception cref="FormatException">The field has no such value; the message says what is allowed.</exception>
    internal abstract TOwner ReadJson(JsonElement field, TOwner options);

    /// <summary>What is wrong with the value, one sentence, or <see langword="null"/>.</summary>
    internal abstract string? FindProblem(TOwner options);

    /// <summary>The value.</summary>
    internal abstract object? ValueOf(TOwner options);

    /// <summary>The options with a value that <see cref="ValueOf"/> gave.</summary>
    internal abstract TOwner With(TOwner options, object? value);
}
