using System.Text.Json;

namespace Elman.Options;

/// <summary>An option of a record, defined by functions that get and set it.</summary>
/// <param name="name">The name of the property.</param>
/// <param name="kind">The kind of its values.</param>
/// <param name="get">The function that returns the value of a record.</param>
/// <param name="set">The function that returns the record with another value.</param>
/// <param name="help">The description: a phrase without a full stop.</param>
/// <typeparam name="TOwner">The base class of the records that may have it.</typeparam>
/// <typeparam name="TRecord">The record that has it.</typeparam>
/// <typeparam name="TValue">The type of its values.</typeparam>
internal sealed class TypedOption<TOwner, TRecord, TValue>(
    string name, OptionKind<TValue> kind, Func<TRecord, TValue> get, Func<TRecord, TValue, TRecord> set, string help)
    : OptionDefinition<TOwner>(name, kind.ValueName, help)
    where TOwner : class
    where TRecord : TOwner, new()
{
    /// <summary>The description of a value in reports; by default none.</summary>
    public Func<TValue, string?> Words { private get; init; } = _ => null;

    /// <inheritdoc cref="OptionDefinition{TOwner}.Roles"/>
    public new OptionRoles Roles { get => base.Roles; init => base.Roles = value; }

    /// <inheritdoc cref="OptionDefinition{TOwner}.IsAlwaysWritten"/>
    public new bool IsAlwaysWritten { get => base.IsAlwaysWritten; init => base.IsAlwaysWritten = value; }

    /// <summary>The description of the default in help texts, if it is more than one value.</summary>
    public string? DefaultWords { private get; init; }

    public override IReadOnlyList<string> Choices => kind.Choices;

    public override string DefaultText => DefaultWords ?? kind.Text(get(new TRecord()));

    public override bool IsDefault(TOwner options) => Equals(ValueOf(options), get(new TRecord()));

    public override string TextOf(TOwner options) => kind.Text(get((TRecord)options));

    public override TOwner Parse(TOwner options, string label, string text) => set((TRecord)options, kind.Parse(label, text));

    public override string? Describe(TOwner options) => Words(get((TRecord)options));

    public override void WriteJson(Utf8JsonWriter json, TOwner options) => kind.Write(json, FieldName, get((TRecord)options));

    internal override TOwner ReadJson(JsonElement field, TOwner options) => set((TRecord)options, kind.Read(field, FieldName));

    internal override string? FindProblem(TOwner options) => kind.Problem(Name, get((TRecord)options));

    internal override object? ValueOf(TOwner options) => get((TRecord)options);

    internal override TOwner With(TOwner options, object? value) => set((TRecord)options, (TValue)value!);
}
