using Elman.Keras.Configuration;

namespace Elman.Keras.Import;

/// <summary>What the user of an imported model should know; each note once.</summary>
internal sealed class NoteList
{
    private readonly List<string> _notes = [];
    private readonly SortedSet<string> _dropouts = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _policies = new(StringComparer.Ordinal);

    /// <summary>Adds a note, a sentence or more.</summary>
    public void Add(string note)
    {
        if (!_notes.Contains(note))
            _notes.Add(note);
    }

    /// <summary>Notes that a layer has dropout.</summary>
    public void AddDropout(string layer) => _dropouts.Add(layer);

    /// <summary>Notes the precision of a layer, if it is another than Elman's.</summary>
    public void AddPrecision(KerasLayer layer)
    {
        if (layer.Policy.IsOtherPrecision)
            _policies.Add(layer.Policy.Name);
    }

    /// <summary>Returns all notes.</summary>
    public IReadOnlyList<string> ToList()
    {
        if (_dropouts.Count > 0)
            Add($"Dropout and noise ({string.Join(", ", _dropouts.Select(Quoted))}) act only in training and are left out.");
        if (_policies.Count > 0)
            Add($"Keras computed in {string.Join(", ", _policies)}, Elman computes in float32: results differ by rounding.");
        return [.. _notes];
    }
}
