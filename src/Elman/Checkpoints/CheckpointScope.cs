using Elman.Files;

namespace Elman.Checkpoints;

/// <summary>The place of a part of a training in its checkpoint, such as that of a fold of a candidate.</summary>
/// <param name="Folder">The checkpoint.</param>
/// <param name="Name">The name of the part; names of parts within parts are separated by a slash.</param>
internal sealed record CheckpointScope(CheckpointFolder Folder, string Name)
{
    /// <summary>The content of the part, if an earlier process completed it.</summary>
    public Safetensors? Complete => Folder.FindComplete(Name);

    /// <summary>The state of the part at which an earlier process was interrupted; the newest that is not damaged.</summary>
    public Safetensors? State => Folder.FindState(Name);

    /// <summary>The time that earlier processes spent on the training.</summary>
    public TimeSpan Before => Folder.Before;

    /// <summary>Returns the place of a part within this one.</summary>
    public CheckpointScope Of(string part) => this with { Name = $"{Name}/{part}" };

    /// <summary>Returns whether the state is to be saved now.</summary>
    /// <param name="steps">The number of updates since it was last saved.</param>
    public bool IsDue(int steps) => Folder.IsDue(steps);

    /// <summary>Saves the state of the part.</summary>
    public void SaveState(Safetensors state) => Folder.SaveState(Name, state);

    /// <summary>Returns an exception for a file that does not have what the part needs.</summary>
    public CheckpointException DoesNotFit(Exception cause) => Folder.DoesNotFit(Name, cause);

    /// <summary>Keeps the content of the part, which is now complete.</summary>
    public void Keep(Safetensors content) => Folder.Keep(Name, content);
}
